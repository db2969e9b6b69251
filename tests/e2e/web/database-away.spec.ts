import { expect, type Page } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { POLLS } from '../../support/polls.ts'
import { screenshot } from '../../support/screenshot.ts'
import { suitePostgres } from '../../support/suite-postgres.ts'
import { test } from '../../support/web-test.ts'

test.skip(...suitePostgres.outOfReach)
// one after the other, and nothing beside them: all tests have the same PostgreSQL
test.describe.configure({ mode: 'serial', timeout: 180_000 })

let goOn = () => {}
test.afterEach(async () => {
  goOn()
  await closeBrowsers()
})

const BACK = { timeout: 90_000 }
const waiting = (page: Page, text: string) => page.locator('[data-pending]').filter({ hasText: text })
/** That something is away, and that it can be written nevertheless: either the database or the connection. */
const banner = (page: Page) => page.getByRole('status').filter({ hasText: 'messages leave once it' })

/** A connection is opened once more. */
const comesBack = (page: Page) =>
  Promise.any([
    page.waitForEvent('websocket', BACK),
    page.waitForRequest((asked) => POLLS.test(asked.url()) && /"open"/.test(asked.postData() ?? ''), BACK),
  ])

/** alice and bob in a channel in which something was said, and another that alice has looked at. */
async function inChannel(browser: Parameters<typeof contextOf>[0], about: string) {
  const hers = await contextOf(browser, alice)
  const his = await contextOf(browser, bob)
  const channel = await newChannel(hers.request, about)
  const other = await newChannel(hers.request, `${about}-other`)
  await act(his.request, 'conversations.join', { conversation: channel.id })
  await post(hers.request, other.id, 'Said elsewhere.')
  await post(his.request, channel.id, 'Said before.')
  const [a, b] = [await hers.newPage(), await his.newPage()]
  await a.goto(`/c/${other.id}`)
  await expect(message(a, 'Said elsewhere.')).toBeVisible(BACK)
  await a.getByRole('link', { name: channel.name }).first().click()
  await b.goto(`/c/${channel.id}`)
  for (const page of [a, b]) await expect(message(page, 'Said before.')).toBeVisible(BACK)
  const say = async (text: string) => {
    await a.getByRole('textbox', { name: `Message #${channel.name}` }).fill(text)
    await a.keyboard.press('Enter')
  }
  const order = async (page: Page) =>
    (await page.getByRole('log').getByRole('article').allInnerTexts()).flatMap(
      (text) => /(One|Two|Three) without a database/.exec(text)?.[1] ?? [],
    )
  return { a, b, channel, other, say, order }
}

test('while PostgreSQL hangs alice reads what is here and writes; it leaves when PostgreSQL goes on, once and in order', async ({
  browser,
}) => {
  const { a, b, channel, other, say, order } = await inChannel(browser, 'hanging')
  goOn = suitePostgres.hang()
  // bob does nothing: he is told nevertheless
  await expect(banner(b)).toContainText('cannot reach its database', BACK)
  await say('One without a database.')
  await say('Two without a database.')
  await expect(waiting(a, 'One without a database.')).toContainText('Sending')
  await expect(banner(a)).toContainText('cannot reach its database', BACK)
  // refused, she comes again and again: she is told the same reason all the while
  for (let n = 0; n < 2; n++) {
    await comesBack(a)
    await expect(banner(a)).toContainText('cannot reach its database')
  }
  await say('Three without a database.')
  await a.getByRole('textbox', { name: `Message #${channel.name}` }).fill('Half a thought')
  await screenshot(a, 'database-away')
  await a.setViewportSize({ width: 390, height: 844 })
  await screenshot(a, 'database-away-phone')
  await a.setViewportSize({ width: 1280, height: 720 })
  // what was opened before is still here, and so is the draft
  await a.getByRole('link', { name: other.name }).first().click()
  await expect(message(a, 'Said elsewhere.')).toBeVisible()
  await screenshot(a, 'database-away-other')
  await a.getByRole('link', { name: channel.name }).first().click()
  await expect(a.getByRole('textbox', { name: `Message #${channel.name}` })).toHaveText('Half a thought')
  // Next.js tells screen readers by an alert of its own which page is shown
  await expect(a.locator('[role=alert]:not(#__next-route-announcer__)').filter({ hasText: /./ })).toHaveCount(
    0,
  )

  goOn()
  for (const page of [a, b]) await expect(message(page, 'Three without a database.')).toHaveCount(1, BACK)
  for (const page of [a, b]) await expect(banner(page)).toBeHidden()
  await expect(a.locator('[data-pending]')).toHaveCount(0)
  await expect(a.getByRole('textbox', { name: `Message #${channel.name}` })).toHaveText('Half a thought')
  for (const page of [a, b]) expect(await order(page)).toEqual(['One', 'Two', 'Three'])
})

test('PostgreSQL is restarted while alice writes: nobody is signed out, and all of it arrives once and in order', async ({
  browser,
}) => {
  const { a, b, say, order } = await inChannel(browser, 'restarted')
  await say('One without a database.')
  suitePostgres.restart()
  await say('Two without a database.')
  await say('Three without a database.')
  for (const page of [a, b]) await expect(message(page, 'Three without a database.')).toHaveCount(1, BACK)
  await expect(a.locator('[data-pending]')).toHaveCount(0)
  for (const page of [a, b]) expect(await order(page)).toEqual(['One', 'Two', 'Three'])
  await a.reload()
  await expect(message(a, 'Three without a database.')).toBeVisible(BACK)
})
