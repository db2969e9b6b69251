import type { Act } from '@parley/domain'
import {
  archiveChannel,
  changeChannel,
  inviteToConversation,
  joinChannel,
  leaveConversation,
  openDirect,
  removeFromChannel,
  setMemberRole,
  setMine,
} from '@parley/domain/conversations/index'
import { markRead, sendMessage } from '@parley/domain/messages/index'
import type { Id } from '@parley/protocol'
import { isParleyError } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const ACTS_AT_ONCE = 6
const ROUNDS = 60

/** Numbers that look random and are the same in every run (a linear congruential generator). */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

test('whatever six people do at once: no version is lost or given twice, and members are counted right', async () => {
  const { alice, bob, carol, dan, erin, mallory } = world
  const everybody = [alice, bob, carol, dan, erin, mallory]
  const channels = [await world.channel('one', [bob, carol]), await world.channel('two', [dan], 'private')]
  const group = (await world.as(alice, openDirect, { people: [bob.id, carol.id, erin.id] })).id
  const roll = dice(7)
  const act = (): [Act, object] => {
    const conversation: Id = [...channels, group][roll(3)]!
    const person = everybody[roll(6)]!.id
    const all: [Act, object][] = [
      [joinChannel, { conversation }],
      [joinChannel, { conversation }],
      [leaveConversation, { conversation }],
      [inviteToConversation, { conversation, people: [person, everybody[roll(6)]!.id] }],
      [removeFromChannel, { conversation, person }],
      [setMemberRole, { conversation, person, role: roll(2) ? 'owner' : 'member' }],
      [changeChannel, { conversation, topic: `topic ${roll(4)}` }],
      [archiveChannel, { conversation, archived: roll(3) === 0 }],
      [setMine, { conversation, muted: roll(2) === 0 }],
      [markRead, { conversation, seq: roll(20), back: true }],
      [sendMessage, { id: crypto.randomUUID(), conversation, text: `<@${person}> hello` }],
      [sendMessage, { id: crypto.randomUUID(), conversation, text: 'hello' }],
      [openDirect, { people: [person, everybody[roll(6)]!.id, everybody[roll(6)]!.id] }],
    ]
    return all[roll(all.length)]!
  }
  const refused = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    world.clock.advance(5_000)
    await Promise.all(
      Array.from({ length: ACTS_AT_ONCE }, async () => {
        const [what, input] = act()
        try {
          await world.as<unknown, unknown>(everybody[roll(6)]!, what, input)
        } catch (e) {
          if (!isParleyError(e)) throw e
          refused.set(e.code, (refused.get(e.code) ?? 0) + 1)
        }
      }),
    )
  }
  await world.deps.messages.drain()
  expect(
    [...refused.keys()].filter(
      (code) => !['not_found', 'conflict', 'not_allowed', 'bad_input'].includes(code),
    ),
  ).toEqual([])
  expect(world.logged).toEqual([])
  expect(await world.lost()).toEqual([])
  const wrong = await world.db.sql`
    SELECT c.id, c.kind, c.member_count, c.people, m.people AS members FROM conversations c
    CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(person_id ORDER BY person_id), '{}') AS people FROM memberships
      WHERE conversation_id = c.id AND left_at IS NULL
    ) m
    WHERE c.member_count <> cardinality(m.people) OR (c.kind IN ('direct', 'group') AND c.people <> m.people)`
  expect(wrong).toEqual([])
  const ownerless = await world.db.sql`
    SELECT c.id FROM conversations c WHERE c.kind IN ('public', 'private') AND c.member_count > 0 AND NOT EXISTS (
      SELECT FROM memberships m WHERE m.conversation_id = c.id AND m.left_at IS NULL AND m.role = 'owner')`
  expect(ownerless).toEqual([])
})
