import { expect, type Page } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf, pageOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { withTunnel } from '../../support/tunnel.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const waiting = (page: Page, text: string) => page.locator('[data-pending]').filter({ hasText: text })

test('what is written without a connection is marked, and arrives once and in order', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'tunnel')
  const his = await contextOf(browser, bob)
  await act(his.request, 'conversations.join', { conversation: channel.id })
  await his.close()
  const page = await hers.newPage()
  const tunnel = await withTunnel(page)
  await page.goto(`/c/${channel.id}`)
  const box = page.getByRole('textbox', { name: `Message #${channel.name}` })
  await box.fill('Before the tunnel.')
  await page.keyboard.press('Enter')
  await expect(message(page, 'Before the tunnel.')).toBeVisible()

  tunnel.enter()
  await expect(page.getByText('Connecting again.')).toBeVisible()
  await box.fill('One from inside.')
  await page.keyboard.press('Enter')
  await box.fill('Two from inside.')
  await page.keyboard.press('Enter')
  await expect(waiting(page, 'One from inside.')).toContainText('Sending')
  await expect(waiting(page, 'Two from inside.')).toContainText('Sending')

  tunnel.leave()
  await expect(message(page, 'Two from inside.')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('Connecting again.')).toBeHidden()

  const b = await pageOf(browser, bob, { path: `/c/${channel.id}` })
  await expect(message(b, 'Two from inside.')).toBeVisible()
  const said = await b.getByRole('log').getByRole('article').allInnerTexts()
  const order = said.flatMap(
    (text) => /(Before the tunnel|One from inside|Two from inside)/.exec(text)?.[1] ?? [],
  )
  expect(order).toEqual(['Before the tunnel', 'One from inside', 'Two from inside'])
})

test('whoever opens the page on a slow line is not told that they connect again', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'slow')
  const page = await hers.newPage()
  const tunnel = await withTunnel(page)
  tunnel.enter()
  await page.goto(`/c/${channel.id}`)
  await expect(page.getByText('Connecting…')).toBeVisible()
  await expect(page.getByText('Connecting again.')).toBeHidden()
  tunnel.leave()
  await expect(page.getByRole('heading', { name: channel.name, level: 1 })).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('Connecting…')).toBeHidden()
})

test('what happened meanwhile is there when the connection is', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'meanwhile')
  const page = await hers.newPage()
  const tunnel = await withTunnel(page)
  await page.goto(`/c/${channel.id}`)
  await expect(page.getByRole('heading', { name: channel.name, level: 1 })).toBeVisible()

  tunnel.enter()
  await expect(page.getByText('Connecting again.')).toBeVisible()
  for (let n = 1; n <= 30; n++) await post(hers.request, channel.id, `Missed number ${n}.`)
  tunnel.leave()
  await expect(message(page, 'Missed number 30.')).toBeVisible({ timeout: 40_000 })
})

test('what was written and not sent is still there after the page was closed', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'suitcase')
  const page = await hers.newPage()
  const tunnel = await withTunnel(page)
  await page.goto(`/c/${channel.id}`)
  const box = page.getByRole('textbox', { name: `Message #${channel.name}` })
  await expect(box).toBeVisible()
  tunnel.enter()
  await box.fill('Kept in the suitcase.')
  await page.keyboard.press('Enter')
  await expect(waiting(page, 'Kept in the suitcase.')).toBeVisible()
  await box.fill('A draft that is not finished')
  await expect
    .poll(() => page.evaluate(() => Object.values({ ...localStorage }).join()))
    .toContain('A draft that is not finished')
  await page.close()

  const later = await hers.newPage()
  await later.goto(`/c/${channel.id}`)
  await expect(message(later, 'Kept in the suitcase.')).toBeVisible()
  await expect(later.getByRole('textbox', { name: `Message #${channel.name}` })).toHaveValue(
    'A draft that is not finished',
  )
})

test('a session that is ended elsewhere leads to the sign-in within a second', async ({ browser }) => {
  // A session of its own: those of the other tests go on.
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(bob.email)
  await page.getByLabel('Password', { exact: true }).fill(bob.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Channels' })).toBeVisible()
  const his = await contextOf(browser, bob)
  const me: { session: string } = await (async () => {
    const answer = await context.request.get(`/api/trpc/people.me?input=${encodeURIComponent('{}')}`)
    return (await answer.json()).result.data
  })()
  await act(his.request, 'session.revokeMine', { session: me.session })
  await expect(page.getByRole('heading', { name: /^Sign in/ })).toBeVisible({ timeout: 3_000 })
  await expect(page.getByText('You are signed out here: this session was ended.')).toBeVisible()
  await context.close()
  await his.close()
})
