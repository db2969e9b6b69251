import { expect, type Page } from '@playwright/test'
import { BOUNDS } from '../../../packages/sync/src/bounds.ts'
import { meOf, newChannel } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf, LOST_MS } from '../../support/browser-people.ts'
import { withTunnel } from '../../support/tunnel.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

/** The direct conversation of these two, in Alice's list. */
const bobIn = (page: Page) => page.getByRole('navigation').getByRole('link', { name: bob.name })
const dot = (page: Page, how: string) => bobIn(page).getByRole('img', { name: how, exact: true })

async function aliceBesideBob(browser: Parameters<typeof contextOf>[0]) {
  const his = await contextOf(browser, bob)
  const { id: him } = await meOf(his.request)
  const hers = await contextOf(browser, alice)
  const { id: direct } = await act<{ id: string }>(hers.request, 'conversations.openDirect', {
    people: [him],
  })
  const a = await hers.newPage()
  await a.goto(`/c/${direct}`)
  await expect(bobIn(a)).toBeVisible()
  return { a, his }
}

test('Alice sees Bob come, leave his desk, come back, and go', async ({ browser }) => {
  const { a, his } = await aliceBesideBob(browser)
  await expect(dot(a, 'Offline')).toBeVisible({ timeout: LOST_MS })

  const b = await his.newPage()
  await b.clock.install()
  await b.goto('/')
  await expect(b.getByRole('navigation', { name: 'Conversations' })).toBeVisible()
  await expect(dot(a, 'Online')).toBeVisible()
  await expect(a.getByRole('main').getByRole('img', { name: 'Online', exact: true })).toBeVisible()

  await b.clock.fastForward('10:00')
  await expect(dot(a, 'Away')).toBeVisible()
  await b.mouse.move(200, 200)
  await expect(dot(a, 'Online')).toBeVisible()

  await b.close()
  await expect(dot(a, 'Offline')).toBeVisible()
})

test("a channel's head counts who is online, and its people show how they are", async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'lighthouse')
  const his = await contextOf(browser, bob)
  await act(his.request, 'conversations.join', { conversation: channel.id })
  const a = await hers.newPage()
  await a.goto(`/c/${channel.id}`)
  const head = a.getByRole('main')
  await expect(head.getByText('1 online')).toBeVisible({ timeout: LOST_MS })

  const b = await his.newPage()
  await b.goto('/')
  await expect(head.getByText('2 online')).toBeVisible()

  await head.getByRole('button', { name: '2 members: show them' }).click()
  const people = a.getByRole('complementary', { name: 'People' })
  await expect(people).toContainText('2 in this channel · 2 online')
  const row = people.getByRole('listitem')
  await expect(row.filter({ hasText: bob.name }).getByRole('img', { name: 'Online' })).toBeVisible()
  await expect(row.filter({ hasText: alice.name }).getByRole('img', { name: 'Online' })).toBeVisible()
})

test('Alice is in a tunnel: she is shown nobody as they last were, not even herself, until she is out of it', async ({
  browser,
}) => {
  const { a, his } = await aliceBesideBob(browser)
  const tunnel = await withTunnel(a)
  await a.reload()
  const b = await his.newPage()
  await b.goto('/')
  const own = a.getByRole('button', { name: /profile and settings/ }).getByRole('img', { name: 'Online' })
  for (const symbol of [dot(a, 'Online'), own]) await expect(symbol).toBeVisible()

  tunnel.enter()
  await expect(a.getByText('Connecting again.')).toBeVisible()
  for (const symbol of [dot(a, 'Online'), own]) await expect(symbol).toBeVisible()
  const gone = { timeout: BOUNDS.presenceKept + 5_000 }
  for (const symbol of [dot(a, 'Online'), own]) await expect(symbol).toHaveCount(0, gone)
  await expect(bobIn(a).getByRole('img')).toHaveCount(0)

  tunnel.leave()
  for (const symbol of [dot(a, 'Online'), own]) await expect(symbol).toBeVisible({ timeout: 40_000 })
})

test('Bob is busy and says why, by keyboard alone; Alice reads it until he takes it back', async ({
  browser,
}) => {
  const { a, his } = await aliceBesideBob(browser)
  const b = await his.newPage()
  await b.goto('/')
  await expect(dot(a, 'Online')).toBeVisible()

  const dialog = b.getByRole('dialog', { name: 'Availability and status' })
  await test.step('he opens his menu, and what it offers', async () => {
    // the page gives the focus to the composer once, when it is there
    await expect(b.getByRole('textbox', { name: /^Message/ })).toBeFocused()
    await b.getByRole('button', { name: /profile and settings/ }).press('Enter')
    await expect(b.getByRole('menu')).toBeVisible()
    await b.keyboard.type('Avail')
    await expect(b.getByRole('menuitem', { name: 'Availability and status' })).toBeFocused()
    await b.keyboard.press('Enter')
    await expect(dialog).toBeVisible()
  })

  await test.step('he is busy for an hour, in a meeting', async () => {
    await dialog.getByRole('radio', { name: 'Online' }).focus()
    // a key is held for as long as it takes to see what it does; one that is let go of before chooses nothing
    await b.keyboard.down('ArrowDown')
    await expect(dialog.getByRole('radio', { name: 'Busy' })).toBeChecked()
    await b.keyboard.up('ArrowDown')
    await dialog.getByRole('combobox', { name: 'Busy for' }).focus()
    await b.keyboard.press('Enter')
    // a key that comes before the list is there is not for the list
    await expect(b.getByRole('option', { name: 'Until I change it' })).toBeFocused()
    await b.keyboard.type('1')
    await expect(b.getByRole('option', { name: '1 hour' })).toBeFocused()
    await b.keyboard.press('Enter')
    await expect(dialog.getByRole('combobox', { name: 'Busy for' })).toContainText('1 hour')
    await dialog.getByRole('button', { name: 'Choose an emoji' }).focus()
    await b.keyboard.press('Enter')
    await b.getByRole('textbox', { name: 'Search emoji' }).fill('calendar')
    await b.keyboard.press('Enter')
    await dialog.getByRole('textbox', { name: 'Status' }).fill('With the auditors')
    await b.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
  })

  await test.step('Alice sees both', async () => {
    await expect(dot(a, 'Busy')).toBeVisible()
    await expect(dot(a, 'Status: With the auditors')).toBeVisible()
    await expect(a.getByRole('main').getByText('With the auditors')).toBeVisible()
  })

  await test.step('he is online again, and says nothing', async () => {
    await b.getByRole('button', { name: /profile and settings/ }).click()
    await b.getByRole('menuitem', { name: 'Availability and status' }).click()
    await expect(dialog.getByRole('combobox', { name: 'Busy for' })).toContainText('Until')
    await dialog.getByRole('radio', { name: 'Online' }).click()
    await dialog.getByRole('button', { name: 'Clear status' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(dot(a, 'Online')).toBeVisible()
    await expect(dot(a, 'Status: With the auditors')).toBeHidden()
  })

  await test.step('invisible, he is gone to her', async () => {
    await b.getByRole('button', { name: /profile and settings/ }).click()
    await b.getByRole('menuitem', { name: 'Availability and status' }).click()
    await dialog.getByRole('radio', { name: 'Invisible' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dot(a, 'Offline')).toBeVisible()
    await act(b.request, 'presence.setAvailability', { availability: 'automatic' })
    await expect(dot(a, 'Online')).toBeVisible()
  })
})

test('Bob goes, and Alice reads when he was last active; once he hides it she does not', async ({
  browser,
}) => {
  const { a, his } = await aliceBesideBob(browser)
  await expect(dot(a, 'Offline')).toBeVisible({ timeout: LOST_MS })
  const lastActive = a.getByRole('main').getByText(/^Active \d+ minutes? ago$/)
  const come = async () => {
    const b = await his.newPage()
    await b.goto('/')
    await expect(dot(a, 'Online')).toBeVisible()
    return b
  }
  const once = await come()
  await expect(lastActive).toBeHidden()
  await once.close()
  await expect(dot(a, 'Offline')).toBeVisible()
  await expect(lastActive).toBeVisible()

  const b = await come()
  await b.getByRole('button', { name: /profile and settings/ }).click()
  await b.getByRole('menuitem', { name: 'Availability and status' }).click()
  const dialog = b.getByRole('dialog', { name: 'Availability and status' })
  const shown = dialog.getByRole('switch', { name: 'Let others see when I was last active' })
  await expect(shown).toBeChecked()
  await shown.press('Space')
  await expect(shown).not.toBeChecked()
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(dialog).toBeHidden()
  await b.close()
  await expect(dot(a, 'Offline')).toBeVisible()
  await expect(lastActive).toBeHidden()
  await act(his.request, 'presence.hideLastActive', { hide: false })
  await expect(lastActive).toBeVisible()
})

test('Bob, who is invisible, comes back in a new window and is online with a word, however late his page is told what he chose', async ({
  browser,
}) => {
  const { a, his } = await aliceBesideBob(browser)
  await act(his.request, 'presence.setAvailability', { availability: 'invisible' })
  const b = await his.newPage()
  const connects = Promise.withResolvers<void>()
  await b.route(/session\.connect/, async (route) => {
    await connects.promise
    await route.continue()
  })
  await b.goto('/')
  await b.getByRole('button', { name: /profile and settings/ }).click()
  await b.getByRole('menuitem', { name: 'Availability and status' }).click()
  const dialog = b.getByRole('dialog', { name: 'Availability and status' })
  await expect(dialog).toBeVisible()
  await expect(dialog.getByRole('radio')).toHaveCount(0)

  connects.resolve()
  await expect(dialog.getByRole('radio', { name: 'Invisible' })).toBeChecked()
  await dialog.getByRole('radio', { name: 'Online' }).click()
  await dialog.getByRole('textbox', { name: 'Status' }).fill('Back at the desk')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(dot(a, 'Status: Back at the desk')).toBeVisible()
  await expect(dot(a, 'Online')).toBeVisible()
  await act(his.request, 'presence.setStatus', { status: null })
})
