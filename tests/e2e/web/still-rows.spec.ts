import { type Browser, expect, type Locator } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { screenshot } from '../../support/screenshot.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const heights = (rows: Locator) =>
  rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height))

/** Three messages that follow one another, of which the first alone has a head. */
async function grouped(browser: Browser, options: Parameters<typeof contextOf>[2]) {
  const hers = await contextOf(browser, alice, options)
  const { id } = await newChannel(hers.request, 'still')
  for (const text of ['The first.', 'The second.', 'The third.']) await post(hers.request, id, text)
  const page = await hers.newPage()
  await page.goto(`/c/${id}`)
  await expect(message(page, 'The third.')).toBeVisible()
  return page
}

/** `fits`: where the whole of a time can be read beside the message. */
const READERS = [
  { locale: 'en-US', timezoneId: 'America/New_York', fits: ['wide', 'phone'] },
  { locale: 'zh-TW', timezoneId: 'Asia/Taipei', fits: ['wide', 'phone'] },
  { locale: 'ar-EG', timezoneId: 'Africa/Cairo', fits: ['wide', 'phone'] },
  { locale: 'es-CO', timezoneId: 'America/Bogota', fits: ['wide'] },
]
/** As Albanian has it, which not every browser speaks: what does not fit is cut, and read in the tooltip. */
const LONG = '12:58 e pasdites'

for (const { fits, ...reader } of READERS)
  test(`nothing moves when a message that continues another one shows its time to somebody who reads ${reader.locale}`, async ({
    browser,
  }) => {
    const page = await grouped(browser, reader)
    const rows = page.getByRole('log').getByRole('article')
    const before = await heights(rows)
    const second = message(page, 'The second.')
    const time = second.locator('time')
    const says = (text: string) =>
      time.evaluate((element, said) => {
        element.textContent = said
        return { isCut: element.scrollWidth > element.clientWidth }
      }, text)
    for (const [how, size] of [
      ['wide', { width: 1280, height: 720 }],
      ['phone', { width: 390, height: 844 }],
    ] as const) {
      await page.setViewportSize(size)
      for (const come of [() => second.hover(), () => second.focus()]) {
        await come()
        await expect(time).toBeVisible()
        expect(await heights(rows)).toEqual(before)
        // as long as times become, whatever the time of day is
        const latest = await page.evaluate((locale) => {
          const options = { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' } as const
          return new Intl.DateTimeFormat(locale, options).format(new Date('2026-01-01T12:58Z'))
        }, reader.locale)
        expect(await says(latest), latest).toEqual({ isCut: !fits.includes(how) })
        expect(await heights(rows)).toEqual(before)
        await screenshot(page, `still-${reader.locale}-${how}`)
        expect(await says(LONG)).toEqual({ isCut: true })
        expect(await heights(rows)).toEqual(before)
        const [box, row] = [(await time.boundingBox())!, (await second.boundingBox())!]
        expect(box.x).toBeGreaterThanOrEqual(row.x)
        expect(box.y + box.height).toBeLessThanOrEqual(row.y + row.height)
        await page.mouse.move(0, 0)
        await second.blur()
      }
    }
  })
