import { gzipSync } from 'node:zlib'
import { expect, type Response } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

/** Compressed JavaScript of the first page of a signed-in person, the sync engine included. Bytes. */
const MOST = 250_000
/** Once no script has been asked for so long, all of them have. */
const QUIET_MS = 1_000

test('the first page takes no more than 250 KB of JavaScript', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const { id } = await newChannel(hers.request, 'feather')
  await post(hers.request, id, 'Light as one. `code` and **bold**, and a [link](https://example.org).')
  const page = await hers.newPage()
  const scripts: Response[] = []
  let last = 0
  page.on('request', (asked) => {
    if (asked.resourceType() === 'script') last = Date.now()
  })
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script') scripts.push(answer)
  })
  await page.goto(`/c/${id}`)
  await expect(page.getByRole('article').filter({ hasText: 'Light as one.' })).toBeVisible()
  // the network itself is never idle where what happens is asked for
  await expect.poll(() => Date.now() - last).toBeGreaterThan(QUIET_MS)
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body()).length))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`  first load: ${total.toLocaleString('en')} bytes in ${sizes.length} scripts`)
  expect(total).toBeGreaterThan(100_000)
  expect(total).toBeLessThanOrEqual(MOST)
})
