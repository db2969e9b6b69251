import { expect, type Page } from '@playwright/test'
import { newChannel } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const CHUNKS = '**/_next/static/chunks/**'
const withhold = (page: Page) => page.route(CHUNKS, (route) => route.abort())

test('what was not opened before the network went opens all the same', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const { id, name } = await newChannel(hers.request, 'pier')
  const page = await hers.newPage()
  let lastAt = Date.now()
  page.on('response', () => {
    lastAt = Date.now()
  })
  await page.goto(`/c/${id}`)
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  // at rest the page fetches, one after the other, what it did not need
  await page.waitForResponse((answer) => answer.url().includes('/_next/static/chunks/'), { timeout: 15_000 })
  await expect.poll(() => Date.now() - lastAt, { timeout: 30_000 }).toBeGreaterThan(2_500)
  await withhold(page)
  await page.keyboard.press('ControlOrMeta+/')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
})

test('a part that cannot be fetched takes nothing away, and comes when it is asked for again', async ({
  browser,
}) => {
  const hers = await contextOf(browser, alice)
  const { id, name } = await newChannel(hers.request, 'jetty')
  const page = await hers.newPage()
  await page.goto(`/c/${id}`)
  const box = page.getByRole('textbox', { name: `Message #${name}` })
  const browse = page.getByRole('button', { name: 'Browse channels' }).first()
  await expect(box).toBeVisible()
  await withhold(page) // before the page is at rest
  await box.fill('Half a thought')
  const refused = page.waitForEvent('requestfailed', (request) => request.resourceType() === 'script')
  await browse.click()
  await refused
  await page.waitForTimeout(1_000)
  await expect(box).toHaveValue('Half a thought')

  await page.unroute(CHUNKS)
  await browse.click()
  await expect(page.getByRole('dialog', { name: 'Channels' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(box).toHaveValue('Half a thought')
})
