import { type Browser, expect, type Page, test } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import {
  act,
  alice,
  closeBrowsers,
  contextOf,
  dan,
  organisation,
  person,
} from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { screenshot } from '../../support/screenshot.ts'
import { suite } from '../../support/suite.ts'
import { suitePostgres } from '../../support/suite-postgres.ts'

test.skip(...suitePostgres.outOfReach)
test.describe.configure({ mode: 'serial', timeout: 180_000 })

let goOn = () => {}
test.afterEach(async () => {
  goOn()
  await closeBrowsers()
})

/** Longer than a page waits for the server, which waits for its database. */
const TOLD = { timeout: 20_000 }
/** Longer than the longest pause between attempts, and an attempt. */
const BACK = { timeout: 60_000 }

const waitsForDatabase = (page: Page) => page.getByRole('heading', { name: 'Waiting for the database' })

/** A page of somebody's own, at a channel in which something was said. */
async function inChannel(browser: Browser, about: string, who = alice) {
  const context = await contextOf(browser, who)
  const { id, name } = await newChannel(context.request, about)
  await post(context.request, id, 'Said before.')
  const page = await context.newPage()
  await page.goto(`/c/${id}`)
  await expect(message(page, 'Said before.')).toBeVisible(BACK)
  return { context, page, name, path: `/c/${id}` }
}

test('alice reloads while PostgreSQL hangs: she is told what is waited for, and what she wrote leaves when it goes on', async ({
  browser,
}) => {
  const { page, name, path } = await inChannel(browser, 'lock')
  goOn = suitePostgres.hang()
  await page.getByRole('textbox', { name: `Message #${name}` }).fill('Written before the reload.')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-pending]')).toContainText('Written before the reload.')
  await page.reload()
  await expect(waitsForDatabase(page)).toBeVisible(TOLD)
  await screenshot(page, 'opening-database-away')
  // by herself she need do nothing, but may
  const again = page.getByRole('button', { name: 'Try again' })
  await expect(again).toBeEnabled(TOLD)
  const asked = page.waitForRequest('**/api/trpc/people.me*', { timeout: 1_000 })
  await again.click()
  await asked
  await expect(again).toBeEnabled(TOLD)
  const askedOnline = page.waitForRequest('**/api/trpc/people.me*', { timeout: 1_000 })
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await askedOnline
  await expect(waitsForDatabase(page)).toBeVisible()

  goOn()
  await expect(message(page, 'Written before the reload.')).toHaveCount(1, BACK)
  await expect(page.locator('[data-pending]')).toHaveCount(0)
  expect(new URL(page.url()).pathname).toBe(path)
})

test('whoever comes back after hours, while PostgreSQL hangs, is not taken for signed out', async ({
  browser,
}) => {
  // of her own: no other test has the session that is renewed
  const { context, page, path } = await inChannel(browser, 'weir', person('Frida Holm'))
  goOn = suitePostgres.hang()
  await context.clearCookies({ name: /access$/ })
  await page.reload()
  await expect(waitsForDatabase(page)).toBeVisible(TOLD)
  goOn()
  await expect(message(page, 'Said before.')).toBeVisible(BACK)
  expect(new URL(page.url()).pathname).toBe(path)
})

test('a server that never answers is waited for, too, and no attempt lasts for ever', async ({ browser }) => {
  const { page } = await inChannel(browser, 'sluice')
  let unanswered = 0
  await page.route('**/api/trpc/people.me*', () => void unanswered++)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Waiting for the server' })).toBeVisible(TOLD)
  await expect.poll(() => unanswered, BACK).toBe(2)
  await page.unroute('**/api/trpc/people.me*')
  await expect(message(page, 'Said before.')).toBeVisible(BACK)
})

test('who is before the door while PostgreSQL hangs can come in once it goes on, without loading anything anew', async ({
  browser,
  page,
}) => {
  const owner = await contextOf(browser, dan)
  const email = `carol.${Date.now()}@northwind.example`
  const { link } = await act<{ link: string }>(owner.request, 'account.invite', { email, name: 'Carol' })
  const invited = await (await browser.newContext()).newPage()
  goOn = suitePostgres.hang()
  await page.goto('/sign-in')
  await invited.goto(link)
  await expect(page.getByText('The database is not answering.')).toBeVisible(TOLD)
  await expect(waitsForDatabase(invited)).toBeVisible(TOLD)
  goOn()
  await expect(page.getByRole('heading', { name: `Sign in to ${organisation}` })).toBeVisible(BACK)
  await expect(page.getByText('The database is not answering.')).toBeHidden()
  await expect(invited.getByText(`You were invited as ${email}`)).toBeVisible(BACK)
  await invited.context().close()
})

test('dan opens the console while PostgreSQL hangs: he is told what is waited for, and it opens by itself', async ({
  browser,
}) => {
  const page = await (await contextOf(browser, dan)).newPage()
  await page.goto(`${suite.console}/people`)
  const people = page.getByRole('table', { name: 'People' })
  await expect(people).toBeVisible(BACK)
  goOn = suitePostgres.hang()
  await page.reload()
  await expect(waitsForDatabase(page)).toBeVisible(TOLD)
  await screenshot(page, 'console-database-away')
  goOn()
  await expect(people).toBeVisible(BACK)
})
