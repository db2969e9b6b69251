import { devices, expect } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const { defaultBrowserType: _, ...phone } = devices['iPhone 13']

test('on a phone there is one pane at a time, and the composer stays in reach', async ({ browser }) => {
  const hers = await contextOf(browser, alice, phone)
  const { name, id } = await newChannel(hers.request, 'pocket')
  const { message: root } = await post(hers.request, id, 'Does this fit into a pocket?')
  await post(hers.request, id, 'It does.', root)
  const page = await hers.newPage()
  await page.goto('/')
  const list = page.getByRole('navigation', { name: 'Conversations' })
  await expect(list).toBeInViewport()
  await list.getByRole('link', { name }).tap()

  await expect(list).toBeHidden()
  const box = page.getByRole('textbox', { name: `Message #${name}` })
  await expect(box).toBeInViewport()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(wide, 'nothing is wider than the screen').toBe(false)
  await box.fill('Sent from the phone.')
  await page.getByRole('button', { name: 'Send', exact: true }).tap()
  await expect(page.getByRole('article').filter({ hasText: 'Sent from the phone.' })).toBeInViewport()

  await page.getByRole('link', { name: /1 reply/ }).tap()
  const thread = page.getByRole('complementary', { name: 'Thread' })
  await expect(thread.getByRole('article').filter({ hasText: 'It does.' })).toBeInViewport()
  await expect(thread.getByRole('textbox', { name: 'Reply…' })).toBeInViewport()
  await thread.getByRole('button', { name: 'Close' }).tap()
  await page.getByRole('button', { name: 'Back to conversations' }).tap()
  await expect(list).toBeInViewport()
})

test('on a phone the list keeps a place for what is coming, and nothing moves when it comes', async ({
  browser,
}) => {
  const hers = await contextOf(browser, alice, phone)
  for (const name of ['harbour', 'jacket']) await newChannel(hers.request, name)
  const page = await hers.newPage()
  const held = Promise.withResolvers<void>()
  await page.route(/\/session\.connect\b/, async (route) => {
    await held.promise
    await route.continue()
  })
  await page.goto('/')
  const list = page.getByRole('navigation', { name: 'Conversations' })
  const coming = list.getByRole('status', { name: 'Loading' })
  await expect(coming).toBeInViewport()
  const places = (rows: Element[]) =>
    rows.map((row) => row.getBoundingClientRect()).map(({ top, height }) => ({ top, height }))
  const kept = await coming.locator('> *').evaluateAll(places)

  held.resolve()
  const channels = list.getByRole('region', { name: 'Channels' })
  await expect(channels.getByRole('link').nth(1)).toBeInViewport()
  const come = await channels.locator('header, li').evaluateAll(places)
  expect(come.slice(0, 3)).toEqual(kept.slice(0, 3))
})
