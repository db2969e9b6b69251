import { devices, expect, type Locator, type Page } from '@playwright/test'
import { meOf, newChannel, post } from '../../support/browser-channel.ts'
import { act, closeBrowsers, contextOf, person } from '../../support/browser-people.ts'
import { screenshot } from '../../support/screenshot.ts'
import { inDatabase } from '../../support/suite-database.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

/** Whom nobody else's test knows, so that none stumbles over what she looks at. */
const carol = person('Carol Reyes')
/** What earlier versions took for an emoji, each from a mallory of its own. */
const KEPT = [
  { mallory: person('Mallory Posing'), emoji: '✔verified-Olivia-Harbour(owner)' },
  { mallory: person('Mallory Wide'), emoji: '\uFDFD'.repeat(64) },
  {
    mallory: person('Mallory Stacked'),
    emoji: `Z${'\u0336\u0315\u031b\u0340\u0358\u0321\u0322\u0327'.repeat(7)}`,
  },
  { mallory: person('Mallory Turning'), emoji: '\u202Erenwo\u2067abc' },
  {
    mallory: person('Mallory Worded'),
    emoji: 'verified-olivia-harbour-the-owner-of-this-whole-organisation',
  },
]
const { defaultBrowserType: _, ...phone } = devices['iPhone 13']
const screens = [
  ['wide, light', { viewport: { width: 1280, height: 800 } }, 'ltr'],
  ['wide, dark, from right to left', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }, 'rtl'],
  ['a phone’s, dark', { ...phone, colorScheme: 'dark' }, 'ltr'],
  ['a phone’s, light, from right to left', phone, 'rtl'],
] as const

const placeOf = (at: Locator) =>
  at.evaluate((element) => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
    return { left, right, top, bottom, width, height, cut: element.scrollWidth > element.clientWidth }
  })

/** The whole name is there, and what stands beside it neither covers it nor leaves the row. */
async function expectBeside(row: Locator, name: Locator, mark: Locator): Promise<void> {
  const [all, named, marked] = [await placeOf(row), await placeOf(name), await placeOf(mark)]
  expect(named.cut, 'the name is cut').toBe(false)
  expect(named.width).toBeGreaterThan(60)
  for (const one of [named, marked]) {
    expect(one.left).toBeGreaterThanOrEqual(all.left)
    expect(one.right).toBeLessThanOrEqual(all.right)
    expect(one.top).toBeGreaterThanOrEqual(all.top - 1)
    expect(one.bottom).toBeLessThanOrEqual(all.bottom + 1)
  }
  expect(marked.left >= named.right || marked.right <= named.left, 'the mark lies over the name').toBe(true)
}

const nothingIsWider = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)

test('what was kept for an emoji before pushes no name out, on any screen', async ({ browser }) => {
  test.setTimeout(180_000)
  const hers = await contextOf(browser, carol)
  const people: { id: string; name: string; emoji: string; direct: string }[] = []
  for (const { mallory, emoji } of KEPT) {
    const { request } = await contextOf(browser, mallory)
    const { id } = await meOf(request)
    await act(request, 'presence.setStatus', { status: { emoji: '⛵', text: '', until: null } })
    const direct = await act<{ id: string }>(hers.request, 'conversations.openDirect', { people: [id] })
    people.push({ id, name: mallory.name, emoji, direct: direct.id })
  }
  const channel = await newChannel(hers.request, 'before')
  await act(hers.request, 'conversations.invite', {
    conversation: channel.id,
    people: people.map(({ id }) => id),
  })
  const { message } = await post(hers.request, channel.id, 'Who of you is who?')
  const reactions = people.map(({ id, emoji }) => ({ emoji, people: [id] }))
  await inDatabase(async (sql) => {
    for (const { id, emoji } of people)
      await sql`UPDATE chosen_presence SET status_emoji = ${emoji} WHERE person_id = ${id}`
    await sql`UPDATE messages SET reactions = ${JSON.stringify(reactions)}::jsonb WHERE id = ${message}`
  })

  for (const [name, options, dir] of screens)
    await test.step(`on a screen that is ${name}`, async () => {
      const context = await contextOf(browser, carol, options)
      const page = await context.newPage()
      const small = 'isMobile' in options
      const goTo = async (where: string) => {
        await page.goto(where)
        await expect(page.getByRole(where === '/' ? 'navigation' : 'main').first()).toBeVisible()
        await page.evaluate((turned) => document.documentElement.setAttribute('dir', turned), dir)
      }

      await goTo(small ? '/' : `/c/${people[0]!.direct}`)
      for (const { name } of people) {
        const link = page.getByRole('navigation').getByRole('link', { name })
        const mark = link.getByRole('img', { name: /^Status/ })
        await expect(mark).toBeVisible()
        await expectBeside(link, link.getByText(name, { exact: true }), mark)
        expect((await placeOf(mark)).width, 'no wider than one emoji').toBeLessThan(24)
      }
      await nothingIsWider(page)
      await screenshot(page, `kept-emoji-list-${screens.findIndex((one) => one[0] === name)}`)

      for (const { name, direct } of people.slice(0, 2)) {
        await goTo(`/c/${direct}`)
        const head = page.getByRole('main').locator('header').first()
        const line = head.locator('h1 + span:not(:empty)')
        await expect(line).toBeVisible()
        await expectBeside(head, head.getByRole('heading', { name }), line)
        await nothingIsWider(page)
      }

      await goTo(`/c/${channel.id}`)
      const said = page.getByRole('article').filter({ hasText: 'Who of you is who?' })
      for (const { name } of people) {
        const reaction = said.getByRole('button', { name: new RegExp(`1: ${name}$`) })
        const [row, place] = [await placeOf(said), await placeOf(reaction)]
        expect(place.left).toBeGreaterThanOrEqual(row.left)
        expect(place.right).toBeLessThanOrEqual(row.right)
        expect(place.height, 'no higher than its row').toBeLessThan(34)
        await expect(reaction.getByText('1', { exact: true })).toBeInViewport({ ratio: 1 })
      }
      await nothingIsWider(page)
      await screenshot(page, `kept-emoji-reactions-${screens.findIndex((one) => one[0] === name)}`)

      await page.getByRole('button', { name: /6 members: show them/ }).click()
      const panel = page.getByRole('complementary', { name: 'People' })
      for (const { name } of people) {
        const row = panel.getByRole('listitem').filter({ hasText: name })
        const line = row.locator('.\\@container')
        await expect(line).toBeVisible()
        const named = row.getByText(name, { exact: true })
        const [all, its] = [await placeOf(row), await placeOf(line)]
        expect((await placeOf(named)).cut).toBe(false)
        expect(its.left).toBeGreaterThanOrEqual(all.left)
        expect(its.right).toBeLessThanOrEqual(all.right)
      }
      await nothingIsWider(page)
      await screenshot(page, `kept-emoji-people-${screens.findIndex((one) => one[0] === name)}`)
      await context.close()
    })

  await test.step('nor her own, where she changes it', async () => {
    const { mallory } = KEPT[1]!
    const page = await (await contextOf(browser, mallory, phone)).newPage()
    await page.goto('/')
    const menu = page.getByRole('button', { name: /profile and settings/ })
    const mark = menu.getByRole('img', { name: /^Status/ })
    await expect(mark).toBeVisible()
    await expectBeside(menu, menu.getByText(mallory.name, { exact: true }), mark)
    await menu.tap()
    await page.getByRole('menuitem', { name: 'Availability and status' }).tap()
    const dialog = page.getByRole('dialog', { name: 'Availability and status' })
    await expect(dialog.getByRole('button', { name: 'Choose an emoji' })).toBeVisible()
    expect((await placeOf(dialog)).cut).toBe(false)
    await expect(dialog.getByRole('button', { name: 'Clear status' })).toBeInViewport({ ratio: 1 })
    await screenshot(page, 'kept-emoji-own')
  })
})
