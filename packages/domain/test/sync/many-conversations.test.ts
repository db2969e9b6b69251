import { perform } from '@parley/domain'
import { inviteToConversation } from '@parley/domain/conversations/invite'
import { removeFromChannel } from '@parley/domain/conversations/remove'
import { sendMessage } from '@parley/domain/messages/send-message'
import { setAvailability } from '@parley/domain/presence/index'
import { type SyncPart, sync } from '@parley/domain/sync/sync'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const CHANNELS = 250
let world: TestDeps
let alice: Someone
let bob: Someone
/** Of alice's, with bob in all but the last. */
let channels: string[]
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
  bob = await someone(world, 'bob')
  channels = Array.from({ length: CHANNELS + 1 }, (_, i) => String(i === CHANNELS ? 500 : 1_000 + i))
  await world.db.sql`INSERT INTO conversations (id, kind, name, created_by, member_count, last_version)
    SELECT id, 'private', 'c' || id, ${alice.id}, 2, 1 FROM unnest(${channels}::bigint[]) AS c(id)`
  await world.db.sql`INSERT INTO memberships (conversation_id, person_id, role)
    SELECT id, ${alice.id}, 'owner' FROM unnest(${channels}::bigint[]) AS c(id)`
  await world.db.sql`INSERT INTO memberships (conversation_id, person_id)
    SELECT id, ${bob.id} FROM unnest(${channels.slice(0, CHANNELS)}::bigint[]) AS c(id)`
})
afterEach(() => world.close())

const partsFor = (held: { person: number; conversations: [string, number, 0 | 1][]; only?: boolean }) =>
  perform(sync, bob, held, world.deps)
const idsIn = (parts: SyncPart[]) =>
  parts.flatMap(({ conversations }) => conversations.map(({ conversation }) => conversation.id))

test('bob, who is in hundreds of channels, is told of them a hundred at a time, and of each once', async () => {
  await perform(setAvailability, bob, { availability: 'busy', until: null }, world.deps)
  const parts = await Array.fromAsync(await partsFor({ person: 0, conversations: [] }))
  expect(parts.map(({ conversations }) => conversations.length)).toEqual([100, 100, 50])
  expect(idsIn(parts)).toEqual(channels.slice(0, CHANNELS))
  expect(parts.map(({ next }) => next)).toEqual(['conversations', 'conversations', null])
  expect(parts.map(({ chosen }) => chosen?.availability)).toEqual(['busy', undefined, undefined])
})

test('those that he names are told of likewise, but for what has not changed, and what he is not in at the end', async () => {
  const named = channels.map((id, i): [string, number, 0 | 1] => [id, i === 120 || i === 240 ? 0 : 1, 0])
  for (const only of [true, false]) {
    const parts = await Array.fromAsync(await partsFor({ person: 0, conversations: named, only }))
    expect(parts).toHaveLength(3)
    expect(idsIn(parts)).toEqual([channels[120], channels[240]])
    expect(parts.map(({ removed }) => removed)).toEqual([[], [], [channels[CHANNELS]]])
  }
})

test('what happens to him while he is told is in a later part, or after the version that every part names', async () => {
  const parts = await partsFor({ person: 0, conversations: [] })
  const { value: first } = await parts.next()
  await perform(
    removeFromChannel,
    alice,
    { conversation: channels[CHANNELS - 1], person: bob.id },
    world.deps,
  )
  // its id is among those that he was told of already
  await perform(
    inviteToConversation,
    alice,
    { conversation: channels[CHANNELS], people: [bob.id] },
    world.deps,
  )
  const rest = await Array.fromAsync(parts)
  expect(idsIn(rest)).toEqual(channels.slice(100, CHANNELS - 1))
  for (const { person } of rest) expect(person).toBe(first!.person)
  const after = await Array.fromAsync(
    await partsFor({
      person: first!.person,
      conversations: channels.slice(0, CHANNELS).map((id) => [id, 1, 0]),
    }),
  )
  expect(idsIn(after)).toEqual([channels[CHANNELS]])
  expect(after.at(-1)!.removed).toEqual([channels[CHANNELS - 1]])
})

test('threads that he follows come with the conversations that they are in', async () => {
  const say = (who: Someone, conversation: string, root?: string) =>
    perform(
      sendMessage,
      who,
      { id: crypto.randomUUID(), conversation, text: 'hello', ...(root && { root }) },
      world.deps,
    )
  const followed = [10, 110, 210].map((i) => channels[i]!)
  for (const conversation of followed) {
    const { message } = await say(bob, conversation)
    await say(alice, conversation, message)
  }
  for (const held of [[], [channels[0]!]]) {
    const parts = await Array.fromAsync(
      await partsFor({ person: 0, conversations: held.map((id) => [id, 0, 0]) }),
    )
    const told = parts.flatMap(({ threads }) => threads.map(({ conversation }) => conversation))
    expect(told.sort()).toEqual(followed)
  }
})
