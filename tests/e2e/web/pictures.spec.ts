import { type APIRequestContext, devices, expect, type Page } from '@playwright/test'
import { meOf, post } from '../../support/browser-channel.ts'
import { type Account, act, ask, closeBrowsers, contextOf, person } from '../../support/browser-people.ts'
import { screenshot } from '../../support/screenshot.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const maya = person('Maya Chen', 'Product lead')
const tomas = person('Tomás Rivera', 'Platform engineer')
const priya = person('Priya Raman', 'Design')
const jonas = person('Jonas Weber', 'Support')

const { defaultBrowserType: _, ...phone } = devices['iPhone 13']

type Channel = { id: string; name: string }

/** By its name: a suite that runs for longer has it already. */
async function channelNamed(request: APIRequestContext, name: string, topic: string): Promise<Channel> {
  const { items } = await ask<{ items: Channel[] }>(request, 'conversations.browse', { query: name })
  const there = items.find((channel) => channel.name === name)
  return there ?? act<Channel>(request, 'conversations.create', { kind: 'public', name, topic })
}

test('the client looks like a product', async ({ browser }) => {
  test.setTimeout(180_000)
  const people = new Map<Account, { request: APIRequestContext; id: string }>()
  for (const each of [maya, tomas, priya, jonas]) {
    const { request } = await contextOf(browser, each)
    people.set(each, { request, id: (await meOf(request)).id })
  }
  const by = (who: Account) => people.get(who)!
  const say = (who: Account, channel: string, text: string, root?: string) =>
    post(by(who).request, channel, text, root)
  const react = (who: Account, conversation: string, message: string, emoji: string) =>
    act(by(who).request, 'messages.react', { conversation, message, emoji, on: true })
  const everybody = [...people.values()].map(({ id }) => id)
  const hers = by(maya).request

  const launch = await channelNamed(
    hers,
    'launch',
    'Everything for the 12th · checklist in the pinned document',
  )
  const others: [string, string][] = [
    ['design', 'What it looks like, and why'],
    ['platform', 'Databases, queues, and the people who feed them'],
    ['support', 'What customers ask'],
    ['water-cooler', 'Anything but work'],
  ]
  await act(hers, 'conversations.invite', { conversation: launch.id, people: everybody })
  for (const [name, topic] of others) {
    const { id } = await channelNamed(hers, name, topic)
    await act(hers, 'conversations.invite', { conversation: id, people: everybody })
    await say(tomas, id, 'Moved here from the old place.')
    if (name === 'support') await say(jonas, id, `<@${by(maya).id}> a customer asks about the export.`)
  }
  const direct = await act<{ id: string }>(hers, 'conversations.openDirect', { people: [by(priya).id] })
  await say(priya, direct.id, 'The new empty states are in the folder. Have a look when you can?')
  const group = await act<{ id: string }>(hers, 'conversations.openDirect', {
    people: [by(tomas).id, by(jonas).id],
  })
  await say(jonas, group.id, 'Lunch at half past twelve?')
  await act(hers, 'conversations.setMine', { conversation: launch.id, favourite: true })

  await say(maya, launch.id, 'Good morning! Nine days to go. What is still in the way?')
  const numbers = await say(
    tomas,
    launch.id,
    'Load test is through: **8,400 durable messages a second** on the small machine, p99 at 19 ms. The one thing left is the index:\n\n```sql\nCREATE INDEX CONCURRENTLY messages_by_thread\n  ON messages (conversation_id, root_id, ordinal)\n  WHERE root_id IS NOT NULL;\n```\nIt builds in under a minute on a copy of production.',
  )
  await react(maya, launch.id, numbers.message, '🎉')
  await react(priya, launch.id, numbers.message, '🎉')
  await react(jonas, launch.id, numbers.message, '👏')
  await say(maya, launch.id, 'Do we need a window for it?', numbers.message)
  await say(
    tomas,
    launch.id,
    'No, it runs beside everything else. I would still do it before nine.',
    numbers.message,
  )
  await say(jonas, launch.id, 'Then I tell the night shift. Thank you!', numbers.message)
  await say(
    priya,
    launch.id,
    'Icons and empty states are final. What changed since Friday:\n- the sidebar is calmer: only what is unread is bold\n- dark mode has its own greys, not inverted ones\n- every button can be reached from the keyboard',
  )
  const ask2 = await say(
    jonas,
    launch.id,
    `<@${by(maya).id}> two customers asked whether they can bring their old history along. I said _yes, with times and threads_. Right?`,
  )
  await react(maya, launch.id, ask2.message, '✅')
  await say(
    maya,
    launch.id,
    'Right. Names, threads and reactions come along; see the [import guide](https://example.org/import).',
  )

  const context = await contextOf(browser, maya, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(`/c/${launch.id}`)
  await expect(article(page, 'see the import guide')).toBeVisible()
  await screenshot(page, 'web-conversation')

  await page
    .getByRole('link', { name: /3 replies/ })
    .last()
    .click()
  await expect(page.getByRole('complementary', { name: 'Thread' }).getByText('night shift')).toBeVisible()
  await page.getByRole('textbox', { name: 'Message #launch' }).focus()
  await screenshot(page, 'web-thread')

  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('pri')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toHaveValue('pri')
  await expect(page.getByRole('option', { name: /Priya Raman/ }).first()).toBeVisible()
  await screenshot(page, 'web-palette')
  await page.keyboard.press('Escape')
  await context.close()

  const pocket = await contextOf(browser, maya, phone)
  const small = await pocket.newPage()
  await small.goto('/')
  await expect(small.getByRole('link', { name: /Priya Raman/ })).toContainText('unread')
  await screenshot(small, 'web-phone-list')
  await small.getByRole('link', { name: 'launch' }).tap()
  await expect(article(small, 'see the import guide')).toBeInViewport()
  await screenshot(small, 'web-phone')
  await pocket.close()
})

const article = (page: Page, text: string) =>
  page.getByRole('log').getByRole('article').filter({ hasText: text }).last()
