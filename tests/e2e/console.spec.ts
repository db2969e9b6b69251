import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { meOf, newChannel } from '../support/browser-channel.ts'
import {
  type Account,
  act,
  alice,
  ask,
  bob,
  closeBrowsers,
  contextOf,
  dan,
  pageOf,
} from '../support/browser-people.ts'
import { screenshot } from '../support/screenshot.ts'
import { mailTo, suite } from '../support/suite.ts'

test.afterEach(closeBrowsers)

const password = 'a lantern over the quiet harbour'
/** Somebody whom no other test knows. */
const stranger = (name: string): Account => {
  const mark = randomUUID().slice(0, 6)
  return {
    name: `${name} ${mark}`,
    email: `${name.toLowerCase().replace(/ /g, '.')}.${mark}@northwind.example`,
    password,
  }
}
const erin = stranger('Erin Ek')

async function consoleOf(browser: Browser, person: Account, path: string): Promise<Page> {
  const page = await (await contextOf(browser, person)).newPage()
  await page.goto(`${suite.console}${path}`)
  return page
}

const people = (page: Page) => page.getByRole('table', { name: 'People' })

/** Finds somebody and opens their details. */
async function look(page: Page, { name }: Account) {
  await page.getByRole('searchbox').fill(name)
  const row = people(page).getByRole('row', { name })
  await expect(people(page).getByRole('row')).toHaveCount(2)
  await row.getByRole('button', { name }).click()
  const panel = page.getByRole('complementary', { name })
  await expect(panel.getByRole('region', { name: 'Account' })).toBeVisible()
  return { row, panel }
}

test('a member is told where to go instead, and learns nothing', async ({ browser }) => {
  const page = await consoleOf(browser, bob, '/people')
  await expect(page.getByText('owners, administrators and auditors')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open the web client' })).toHaveAttribute('href', suite.web)
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await screenshot(page, 'console-denied')
  const asked = await page.request.get(
    `${suite.console}/api/trpc/people.list?input=${encodeURIComponent('{}')}`,
  )
  expect(asked.status()).toBe(403)
})

test('the console has a door of its own, and leads to what was asked for', async ({ page }) => {
  await page.goto(`${suite.console}/people?role=owner`)
  await expect(page.getByRole('heading', { name: 'Sign in to the console' })).toBeVisible()
  await page.getByLabel('E-mail address').fill(dan.email)
  await page.getByLabel('Password', { exact: true }).fill('not the right one at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(dan.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(people(page).getByRole('row', { name: dan.name })).toBeVisible()
  await expect(page.getByText('Role: Owner')).toBeVisible()
})

test('dan invites by file: every row is judged before anything is sent', async ({ browser }) => {
  const [nina, omar] = [stranger('Nina Berg'), stranger('Omar Haddad')]
  const page = await consoleOf(browser, dan, '/people')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('tab', { name: 'Many, from a file' }).click()
  const csv = [
    'email;name;title;role',
    `${nina.email};${nina.name};Welder;member`,
    `${dan.email};Dan again;;`,
    'not an address;Nobody;;member',
    `${nina.email};Twice;;`,
    `${omar.email};${omar.name};Captain;captain`,
  ].join('\n')
  await dialog
    .getByLabel('CSV file')
    .setInputFiles({ name: 'crew.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  const rows = dialog.getByRole('table', { name: 'Rows of the file' }).getByRole('row')
  await expect(rows).toHaveCount(6)
  await expect(rows.nth(1)).toContainText('Will be invited')
  await expect(rows.nth(2)).toContainText(/Already here.*is here already/)
  await expect(rows.nth(3)).toContainText(/Cannot be.*not an e-mail address/)
  await expect(rows.nth(4)).toContainText('in line 2')
  await expect(rows.nth(5)).toContainText('is not a role')
  await screenshot(page, 'console-invite')
  expect(await mailTo(nina.email)).toHaveLength(0)

  await dialog.getByRole('button', { name: 'Invite one person' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('4 rows were left out.', { exact: true })).toBeVisible()
  await expect.poll(async () => (await mailTo(nina.email)).length).toBe(1)
  const { row, panel } = await look(page, nina)
  await expect(row).toContainText('Invited')
  await panel.getByRole('button', { name: 'Send invitation again' }).click()
  await expect.poll(async () => (await mailTo(nina.email)).length).toBe(2)
})

test('a file of hundreds is looked through without hundreds of rows in the page', async ({ browser }) => {
  const page = await consoleOf(browser, dan, '/people')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('tab', { name: 'Many, from a file' }).click()
  const lines = Array.from({ length: 600 }, (_, at) => `crew.${at}@northwind.example,Crew ${at}`)
  const buffer = Buffer.from(`email,name\n${lines.join('\n')}`)
  await dialog.getByLabel('CSV file').setInputFiles({ name: 'crew.csv', mimeType: 'text/csv', buffer })
  const rows = dialog.getByRole('table', { name: 'Rows of the file' }).getByRole('row')
  await expect(rows.filter({ hasText: 'crew.0@' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Invite 600 people' })).toBeVisible()
  expect(await rows.count()).toBeLessThan(100)
  await dialog
    .getByRole('table', { name: 'Rows of the file' })
    .locator('..')
    .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
  await expect(rows.filter({ hasText: 'crew.599@' })).toBeVisible()
  expect(await rows.count()).toBeLessThan(100)
})

test('one of two devices is signed out from the console; the other goes on', async ({ browser }) => {
  const viggo = stranger('Viggo Holm')
  const first = await pageOf(browser, viggo)
  const second = await (await browser.newContext()).newPage()
  await second.goto('/sign-in')
  await second.getByLabel('E-mail address').fill(viggo.email)
  await second.getByLabel('Password', { exact: true }).fill(viggo.password)
  await second.getByRole('button', { name: 'Sign in' }).click()
  await expect(second.getByRole('navigation', { name: 'Conversations' })).toBeVisible()

  const page = await consoleOf(browser, dan, '/people')
  const { panel } = await look(page, viggo)
  await expect(panel.getByRole('region', { name: 'Signed in on 2 devices' })).toBeVisible()
  await panel
    .getByRole('button', { name: /^End the session on/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click()
  await expect(panel.getByRole('region', { name: 'Signed in on 1 device' })).toBeVisible()
  const out = async () =>
    (
      await Promise.all(
        [first, second].map((each) => each.getByRole('heading', { name: /^Sign in/ }).count()),
      )
    ).join()
  await expect.poll(out).toMatch(/^(0,1|1,0)$/)
})

test('whoever is deactivated is out of an open client within seconds, and may come back', async ({
  browser,
}) => {
  const mallory = stranger('Mallory Voss')
  const theirs = await pageOf(browser, mallory)
  const page = await consoleOf(browser, dan, '/people')
  const { row, panel } = await look(page, mallory)
  await expect(panel.getByRole('region', { name: 'Signed in on 1 device' })).toBeVisible()
  await screenshot(page, 'console-person')

  await panel.getByRole('button', { name: 'Deactivate' }).click()
  const dialog = page.getByRole('dialog', { name: `Deactivate ${mallory.name}?` })
  await expect(dialog).toContainText('signed out of one device')
  await screenshot(page, 'console-deactivate')
  await dialog.getByRole('button', { name: 'Deactivate' }).click()
  await expect(theirs.getByRole('heading', { name: /^Sign in/ })).toBeVisible()
  await expect(row).toContainText('Deactivated')
  await expect(panel.getByText('Nowhere at present.')).toBeVisible()

  await panel.getByRole('button', { name: 'Reactivate' }).click()
  await expect(row).toContainText('Active')
  await theirs.getByLabel('E-mail address').fill(mallory.email)
  await theirs.getByLabel('Password', { exact: true }).fill(mallory.password)
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await expect(theirs.getByRole('navigation', { name: 'Conversations' })).toBeVisible()
})

test('a role is given, taken back by undo, and stands in the audit log', async ({ browser }) => {
  const hers = await contextOf(browser, erin)
  const { id } = await meOf(hers.request)
  const page = await consoleOf(browser, dan, '/people')
  const { row, panel } = await look(page, erin)
  const give = async (role: string) => {
    await panel.getByRole('button', { name: 'Change role' }).click()
    await page.getByRole('dialog').getByRole('radio', { name: role }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
  }
  await give('Administrator')
  await expect(row).toContainText('Administrator')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toContainText('Member')
  await give('Auditor')
  await expect(row).toContainText('Auditor')

  const filter = { actions: ['person.role_changed'], entity: { kind: 'person', id } }
  const log = await ask<{ items: { after: { role: string } }[] }>(page.request, 'audit.list', { filter })
  expect(log.items.map(({ after }) => after.role)).toEqual(['auditor', 'member', 'administrator'])
})

test('erin, an auditor, sees everything and is offered no change', async ({ browser }) => {
  const mine = await contextOf(browser, dan)
  const hers = await contextOf(browser, erin)
  const { id } = await meOf(hers.request)
  await act(mine.request, 'people.changeRole', { person: id, role: 'auditor' })

  const page = await consoleOf(browser, erin, '/people')
  await expect(people(page).getByRole('row', { name: dan.name })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Invite people' })).toHaveCount(0)
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  const { panel } = await look(page, bob)
  for (const verb of ['Deactivate', 'Change role', 'Sign out everywhere'])
    await expect(panel.getByRole('button', { name: verb })).toHaveCount(0)
  await screenshot(page, 'console-auditor')

  await page.goto(`${suite.console}/settings`)
  await expect(page.getByRole('spinbutton', { name: 'Sign out after idling' })).toBeDisabled()
  const refused = await page.request.post(`${suite.console}/api/trpc/people.deactivate`, {
    data: { person: (await meOf((await contextOf(browser, bob)).request)).id },
    headers: { origin: suite.console },
  })
  expect(refused.status()).toBe(403)
})

test('several at once are deactivated, and who cannot be is named', async ({ browser }) => {
  const several = [stranger('Ugo Falk'), stranger('Ugo Lund')] as const
  const mine = await contextOf(browser, dan)
  for (const { email, name } of several) await act(mine.request, 'account.invite', { email, name })
  const page = await consoleOf(browser, dan, '/people')
  await page.getByRole('searchbox').fill('Ugo')
  for (const { name } of several)
    await people(page)
      .getByRole('checkbox', { name: `Select row: ${name}` })
      .check()
  const bar = page.getByRole('toolbar', { name: '2 selected' })
  await bar.getByRole('button', { name: 'Deactivate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Deactivate 2 people' }).click()
  await expect(dialog).toContainText('2 of 2 done')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(bar).toHaveCount(0)
  for (const { name } of several)
    await expect(people(page).getByRole('row', { name })).toContainText('Deactivated')

  for (const { name } of several)
    await people(page)
      .getByRole('checkbox', { name: `Select row: ${name}` })
      .check()
  await bar.getByRole('button', { name: 'Deactivate' }).click()
  await dialog.getByRole('button', { name: 'Deactivate 2 people' }).click()
  await expect(dialog).toContainText(`${several[0].name}: ${several[0].name} is deactivated already.`)
  await expect(dialog).toContainText('0 of 2 done')
})

test('a setting is a draft until it is saved, has a history, and is undone', async ({ browser }) => {
  const page = await consoleOf(browser, dan, '/settings')
  const field = page.getByRole('spinbutton', { name: 'Validity of an invitation' })
  await field.fill('99')
  await expect(page.getByText('A whole number from 1 to 30.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await field.fill('3')
  const will = page.getByRole('list', { name: 'What will change' })
  await expect(will).toContainText('7 days → 3 days')
  await screenshot(page, 'console-settings')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('It stands in the audit log.', { exact: true })).toBeVisible()
  await expect(will).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(field).toHaveValue('7')
  await page.getByRole('button', { name: 'History of “Validity of an invitation”' }).click()
  const history = page.getByRole('dialog').getByRole('listitem')
  await expect(history.first()).toContainText('3 days → 7 days')
  await expect(history.nth(1)).toContainText(dan.name)
})

test('a channel is renamed and archived by an administrator who is not in it', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'drydock', { topic: 'Hull 112' })
  const page = await consoleOf(browser, dan, '/conversations')
  await page.getByRole('searchbox').fill(channel.name)
  const table = page.getByRole('table', { name: 'Conversations' })
  await expect(table.getByRole('row')).toHaveCount(2)
  await table.getByRole('button', { name: channel.name }).click()
  const panel = page.getByRole('complementary')
  await expect(panel).toContainText('Hull 112')
  await expect(panel.getByRole('link', { name: alice.name })).toBeVisible()
  await screenshot(page, 'console-conversation')

  const name = `${channel.name}-2`
  await panel.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect(table.getByRole('row', { name })).toBeVisible()
  await panel.getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
  await expect(table.getByRole('row', { name })).toContainText('Archived')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(table.getByRole('row', { name })).toContainText('Open')
})

test('everything is reached by keys', async ({ browser }) => {
  const page = await consoleOf(browser, dan, '/people')
  await expect(people(page).getByRole('row', { name: dan.name })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  const first = people(page).locator('tbody').getByRole('row').first().getByRole('button')
  await first.focus()
  await page.keyboard.press('ArrowDown')
  await expect(people(page).locator('tbody').getByRole('row').nth(1).getByRole('button')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary').getByRole('region', { name: 'Account' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('overv')
  await expect(page.getByRole('option', { name: 'Overview' })).toBeVisible()
  await screenshot(page, 'console-palette')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  await expect(page).toHaveTitle('Overview · Parley console')
})

test('the focus goes back from a dialog to the panel it was opened in, and from there to the row', async ({
  browser,
}) => {
  await contextOf(browser, alice)
  const page = await consoleOf(browser, dan, '/people')
  const { row, panel } = await look(page, alice)
  const change = panel.getByRole('button', { name: 'Change role' })
  await change.press('Enter')
  const role = page.getByRole('dialog').getByRole('radio', { name: 'Member' })
  await expect(role).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(change).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(row.getByRole('button', { name: alice.name })).toBeFocused()

  const invite = page.getByRole('button', { name: 'Invite' }).first()
  await invite.press('Enter')
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(invite).toBeFocused()
})

test('the overview shows figures, and each chart its table', async ({ browser }) => {
  const page = await consoleOf(browser, dan, '/overview')
  await expect(page.getByRole('slider', { name: 'Messages a day' })).toBeVisible()
  await screenshot(page, 'console-overview')
  const chart = page.getByRole('region', { name: 'Messages a day' })
  await chart.getByRole('button', { name: 'Show as table' }).click()
  await expect(chart.getByRole('row')).toHaveCount(31)
  await expect(page.getByRole('table', { name: 'Realtime nodes' }).getByRole('row')).toHaveCount(3)
})

test('on a phone the menu opens, and details take the whole screen', async ({ browser }) => {
  const context = await contextOf(browser, dan, { viewport: { width: 390, height: 844 }, hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${suite.console}/settings`)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'People' }).click()
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await screenshot(page, 'console-phone')
  const { panel } = await look(page, dan)
  expect((await panel.boundingBox())?.width).toBe(390)
  await screenshot(page, 'console-phone-person')
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(panel).toHaveCount(0)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
})
