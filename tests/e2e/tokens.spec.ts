import { expect, type Page, test } from '@playwright/test'
import { newChannel } from '../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf, dan, pageOf } from '../support/browser-people.ts'
import { suite } from '../support/suite.ts'

test.afterEach(closeBrowsers)

const api = `${suite.web}/api/v1`

/** What `curl` would do: no cookies, no origin. */
async function call(method: string, path: string, token: string, body?: object) {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json().catch(() => null) }
}

const said = (page: Page, text: string) =>
  page.getByRole('log').getByRole('article').filter({ hasText: text })

async function integrations(page: Page, view = '') {
  await page.goto(`${suite.console}/integrations${view && `?view=${view}`}`)
  await expect(page.getByRole('heading', { name: 'Integrations', level: 1 })).toBeVisible()
}

test('dan makes a bot with a token, a program posts with it, and alice sees it', async ({ browser }) => {
  const console = await (await contextOf(browser, dan)).newPage()
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'builds')
  await hers.close()
  const watching = await pageOf(browser, alice, { path: `/c/${channel.id}` })
  const name = `Build bot ${Date.now()}`
  let token = ''

  await test.step('the token is shown once', async () => {
    await integrations(console)
    await console.getByRole('button', { name: 'New token' }).first().click()
    const dialog = console.getByRole('dialog')
    const fresh = dialog.getByRole('radio', { name: 'A new bot' })
    if (await fresh.isVisible()) await fresh.check()
    await dialog.getByLabel('Name of the bot').fill(name)
    await dialog.getByLabel('Title').fill('Reports builds')
    await dialog.getByLabel('Name of the token').fill('builds')
    await expect(dialog.getByRole('button', { name: 'Make token' })).toBeDisabled()
    for (const scope of ['messages:write', 'conversations:write']) await dialog.getByLabel(scope).check()
    await dialog.getByRole('button', { name: 'Make token' }).click()
    const shown = dialog.getByRole('region', { name: 'Token', exact: true })
    await expect(shown).toContainText(/parley_[0-9A-Za-z]{49}/)
    token = (await shown.locator('pre').innerText()).trim()
    await console.keyboard.press('Escape')
    await expect(shown).toBeVisible()
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    await expect(console.getByRole('row', { name: new RegExp(name) })).toContainText('Live')
    await expect(console.getByText(token)).toHaveCount(0)
  })

  await test.step('what the program posts is there at once, under the bot’s name', async () => {
    expect((await call('POST', `/conversations/${channel.id}/messages`, token, { text: 'x' })).status).toBe(
      404,
    )
    expect((await call('POST', `/conversations/${channel.id}/join`, token)).status).toBe(200)
    const posted = await call('POST', `/conversations/${channel.id}/messages`, token, {
      text: 'Build **214** is green.',
    })
    expect(posted.status).toBe(201)
    expect(Number(posted.headers.get('ratelimit-remaining'))).toBeGreaterThan(0)
    await expect(said(watching, 'Build 214 is green.')).toBeVisible()
    await expect(said(watching, 'Build 214 is green.')).toContainText(name)
    const read = await call('GET', `/conversations/${channel.id}/messages`, token)
    expect([read.status, read.body.error.code]).toEqual([403, 'scope_missing'])
  })

  await test.step('once dan has revoked it, it is worth nothing', async () => {
    await console.getByRole('row', { name: new RegExp(name) }).click()
    const panel = console.getByRole('complementary', { name: 'builds' })
    await panel.getByRole('button', { name: 'Revoke' }).click()
    await console.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(console.getByRole('row', { name: new RegExp(name) })).toHaveCount(0)
    await expect.poll(async () => (await call('GET', '/me', token)).status).toBe(401)
  })
})

test('another system posts through a webhook that dan made for a channel', async ({ browser }) => {
  const console = await (await contextOf(browser, dan)).newPage()
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'deploys')
  await hers.close()
  const watching = await pageOf(browser, alice, { path: `/c/${channel.id}` })
  const name = `Deploys ${Date.now()}`

  await integrations(console, 'webhooks')
  await console.getByRole('button', { name: 'New webhook' }).first().click()
  const dialog = console.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Channel', { exact: true }).fill(channel.name)
  await dialog.getByRole('list', { name: 'Channels' }).getByRole('button', { name: channel.name }).click()
  await dialog.getByRole('button', { name: 'Make webhook' }).click()
  const url = (
    await dialog.getByRole('region', { name: 'Address', exact: true }).locator('pre').innerText()
  ).trim()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()

  const post = (text: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    })
  const answer = await post('Version 3.1 is out.')
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true }])
  await expect(said(watching, 'Version 3.1 is out.')).toContainText(name)

  await console.getByRole('row', { name: new RegExp(name) }).click()
  await console.getByRole('complementary', { name }).getByRole('button', { name: 'Revoke' }).click()
  await console.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect.poll(async () => (await post('Too late.')).status).toBe(404)
})

test('the API reference reads well and obeys its own policy', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(`${api}/docs`)
  await expect(page.getByRole('heading', { name: 'Parley REST API' })).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Post a message' }).click()
  await expect(page.getByRole('heading', { name: 'Post a message' })).toBeInViewport()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('#postMessage').getByRole('button', { name: 'Copy' }).first().click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('curl -X POST')
  const document = await page.request.get(`${api}/openapi.json`)
  expect((await document.json()).servers).toEqual([{ url: api }])
  expect(complaints).toEqual([])
})
