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
