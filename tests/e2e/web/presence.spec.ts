import { expect, type Page, test } from '@playwright/test'
import { meOf, newChannel } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf, pageOf } from '../../support/browser-people.ts'

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
  await expect(dot(a, 'Offline')).toBeVisible()

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

  await his.close()
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
  await expect(head.getByText('1 online')).toBeVisible()

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
