import { gzipSync } from 'node:zlib'
import { expect, type Response, test } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'

test.afterEach(closeBrowsers)

/** Compressed JavaScript of the first page of a signed-in person, the sync engine included. Bytes. */
const MOST = 250_000

test('the first page takes no more than 250 KB of JavaScript', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const { id } = await newChannel(hers.request, 'feather')
  await post(hers.request, id, 'Light as one. `code` and **bold**, and a [link](https://example.org).')
  const page = await hers.newPage()
  const scripts: Response[] = []
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script') scripts.push(answer)
  })
  await page.goto(`/c/${id}`)
  await expect(page.getByRole('article').filter({ hasText: 'Light as one.' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body()).length))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`  first load: ${total.toLocaleString('en')} bytes in ${sizes.length} scripts`)
  expect(total).toBeGreaterThan(100_000)
  expect(total).toBeLessThanOrEqual(MOST)
})
