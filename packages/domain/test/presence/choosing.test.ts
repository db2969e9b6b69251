import { type Act, perform } from '@parley/domain'
import { hideLastActive, setAvailability, setStatus } from '@parley/domain/presence/index'
import { type SyncPart, sync } from '@parley/domain/sync/sync'
import { LIMITS, NOTHING_CHOSEN } from '@parley/protocol'
import { chosenAt } from '@parley/protocol/presence'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const HOUR_MS = 3_600_000
let world: TestDeps
let alice: Someone
beforeAll(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
})
beforeEach(async () => {
  await world.db.sql`DELETE FROM chosen_presence`
  world.published.length = 0
})
afterAll(() => world.close())

const now = () => world.clock.now.getTime()
const told = () => world.published.flatMap(({ people }) => people.get(alice.id) ?? [])

test('what alice chooses is told to her devices as a whole, and to them alone (rule 1)', async () => {
  const until = now() + HOUR_MS
  await perform(setAvailability, alice, { availability: 'busy', until }, world.deps)
  await perform(setStatus, alice, { status: { emoji: '⛵', text: ' at sea ', until } }, world.deps)
  await perform(hideLastActive, alice, { hide: true }, world.deps)
  const [first] = told()
  expect(told()).toEqual([
    {
      type: 'presence.chosen',
      version: first!.version,
      chosen: { ...NOTHING_CHOSEN, availability: 'busy', until },
    },
    expect.objectContaining({ version: first!.version + 1 }),
    {
      type: 'presence.chosen',
      version: first!.version + 2,
      chosen: {
        ...{ availability: 'busy', until, hidesLastActive: true },
        status: { emoji: '⛵', text: 'at sea', until },
      },
    },
  ])
  expect(world.published.every(({ people, conversations }) => people.size + conversations.size === 1)).toBe(
    true,
  )
})

test('a device that comes back hears what alice has chosen meanwhile, and nothing when she has not (rule 1)', async () => {
  const chosenFor = async (person: number) => {
    const parts: AsyncGenerator<SyncPart> = await perform(
      sync,
      alice,
      { person, conversations: [] },
      world.deps,
    )
    const { value } = await parts.next()
    return value as SyncPart
  }
  const before = await chosenFor(0)
  expect(before).not.toHaveProperty('chosen')
  await perform(setAvailability, alice, { availability: 'invisible', until: null }, world.deps)
  const after = await chosenFor(before.person)
  expect(after).toMatchObject({ person: before.person + 1, chosen: { availability: 'invisible' } })
  expect(await chosenFor(after.person)).not.toHaveProperty('chosen')
})

test('beside an emoji, words of nothing but spaces are no words (rule 1)', async () => {
  for (const text of ['   ', '\t', '\u00A0\u2003'])
    expect(await perform(setStatus, alice, { status: { emoji: '⛵', text } }, world.deps)).toMatchObject({
      status: { emoji: '⛵', text: '', until: null },
    })
  expect(told()).toHaveLength(1)
})

test('choosing what is chosen already takes no version and tells nobody (rule 1)', async () => {
  for (const _ of ['first', 'again'])
    await perform(setStatus, alice, { status: { emoji: null, text: 'lunch', until: null } }, world.deps)
  await perform(setAvailability, alice, { availability: 'automatic', until: null }, world.deps)
  await perform(hideLastActive, alice, { hide: false }, world.deps)
  expect(told()).toHaveLength(1)
})

test('what has expired is over, each by itself (rule 2)', () => {
  const status = { emoji: null, text: 'lunch', until: 2_000 }
  const chosen = { availability: 'busy', until: 1_000, status, hidesLastActive: true } as const
  expect(chosenAt(chosen, 999)).toBe(chosen)
  expect(chosenAt(chosen, 1_000)).toEqual({ ...chosen, availability: 'automatic', until: null })
  expect(chosenAt(chosen, 2_000)).toEqual({ ...NOTHING_CHOSEN, hidesLastActive: true })
})

const saying = (text: string) => ({ status: { emoji: null, text, until: null } })
const showing = (emoji: string) => ({ status: { emoji, text: '', until: null } })
const bad: [string, Act, object][] = [
  ['an end in the past', setAvailability, { availability: 'busy', until: 1 }],
  [
    'an end in two years',
    setAvailability,
    { availability: 'busy', until: Date.now() + 2 * 366 * 86_400_000 },
  ],
  ['being invisible until later', setAvailability, { availability: 'invisible', until: Date.now() * 2 }],
  ['a state that is observed, not chosen', setAvailability, { availability: 'online' }],
  ['a status of nothing', setStatus, { status: { emoji: null, text: '  ', until: null } }],
  ['a long status', setStatus, saying('x'.repeat(LIMITS.statusText + 1))],
  ['a status that turns the line round', setStatus, saying('a\u202Eb')],
  ['a status that hides half of itself', setStatus, saying(`at sea ${'\u{E0061}'.repeat(20)}`)],
  ['a status in two lines', setStatus, saying('at sea\n(owner)')],
  ['a status with half a character', setStatus, saying('at sea \ud83d')],
  ['a status that covers the lines above it', setStatus, saying(`Z${'\u0336\u0315'.repeat(20)}`)],
  ['an emoji of several words', setStatus, showing('not an emoji')],
  ['an emoji that poses as the name beside it', setStatus, showing('✔verified-Olivia-Harbour(owner)')],
  ['an emoji that runs out of its row', setStatus, showing('\uFDFD'.repeat(64))],
  ['an emoji that turns the line round', setStatus, showing('a\u202Eb')],
  ['half an emoji', setStatus, showing('\ud83d')],
  ['a status that was over yesterday', setStatus, { status: { emoji: '⛵', text: '', until: 5 } }],
]
test.each(bad)('%s is refused with a sentence, and nothing is told', async (_, act, input) => {
  const refused: Error = await perform(act, alice, input, world.deps).then(Promise.reject, (e) => e)
  expect(refused).toMatchObject({ code: 'bad_input' })
  expect(refused.message).not.toContain('Invalid input')
  expect(told()).toEqual([])
})
