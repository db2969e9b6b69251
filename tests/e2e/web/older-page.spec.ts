import { expect, type Page } from '@playwright/test'
import { newChannel } from '../../support/browser-channel.ts'
import { alice, ask, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

/**
 * Has the page opened as if only these nodes had been there when it was loaded: its policy names no others. What the
 * browser refuses it for that is added to the answer.
 */
async function loadedWith(page: Page, nodes: string[]): Promise<string[]> {
  const refused: string[] = []
  await page.exposeFunction('noteRefusal', (what: string) => refused.push(what))
  // a second policy beside that of the suite: what is to be reached must be named by both (CSP Level 3, §8.1)
  const policy = ["connect-src 'self'", ...nodes, ...nodes.map((node) => node.replace('ws:', 'http:'))]
  await page.addInitScript((content) => {
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
      (window as unknown as { noteRefusal(what: string): void }).noteRefusal(blockedURI),
    )
    new MutationObserver((_, observer) => {
      if (!document.head) return
      observer.disconnect()
      document.head.append(
        Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content }),
      )
    }).observe(document, { childList: true, subtree: true })
  }, policy.join(' '))
  return refused
}

/** What the API names first. */
async function sentFirst(page: Page, address: string): Promise<void> {
  await page.route('**/api/trpc/session.connect?*', async (route) => {
    const response = await route.fetch()
    const body: { result: { data: { addresses: string[] } } } = await response.json()
    const { data } = body.result
    data.addresses = [address, ...data.addresses.filter((one) => one !== address)]
    await route.fulfill({ response, json: body })
  })
}

test('alice’s page is older than the nodes: she is connected to one that it may reach, and told to reload it when there is none', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'older')
  const { addresses } = await ask<{ addresses: string[] }>(hers.request, 'session.connect', {})
  const [newer, ...others] = addresses
  const said = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })

  const page = await hers.newPage()
  const refused = await loadedWith(page, others)
  await sentFirst(page, newer!)
  await page.goto(`/c/${channel.id}`)
  await page.getByRole('textbox', { name: `Message #${channel.name}` }).fill('One of the nodes is enough.')
  await page.keyboard.press('Enter')
  await expect(said(page, 'One of the nodes is enough.')).toBeVisible()
  // no poll is tried where no socket may be opened
  expect(refused.map((what) => new URL(what).origin)).toEqual([newer])
  await page.close()

  const last = await hers.newPage()
  await loadedWith(last, [])
  await last.goto(`/c/${channel.id}`)
  await expect(last.getByText('Connecting…')).toBeVisible()
  await expect(last.getByText('This page is older than the server.')).toBeVisible({ timeout: 60_000 })
  const reloaded = last.waitForEvent('domcontentloaded')
  await last.getByRole('button', { name: 'Reload' }).click()
  await reloaded
})
