import {
  changeChannel,
  createChannel,
  inviteToConversation,
  leaveConversation,
  openDirect,
  removeFromChannel,
} from '@parley/domain/conversations/index'
import { sendMessage } from '@parley/domain/messages/index'
import { deactivate } from '@parley/domain/people/index'
import { compareIds, LIMITS } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { bot, openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  try {
    await world.deps.messages.drain()
    expect(await world.lost()).toEqual([])
    expect(world.logged).toEqual([])
  } finally {
    await world.close()
  }
})

type Who = World['alice']
const open = (who: Parameters<World['as']>[0], ...people: { id: string }[]) =>
  world.as(who, openDirect, { people: people.map((p) => p.id) })
const peopleOf = async (who: Who, id: string) => (await world.fetched(who)).get(id)?.conversation.people

/** So many more people. */
async function crowd(many: number): Promise<{ id: string }[]> {
  return world.db.sql<{ id: string }>`
    INSERT INTO people (id, name) SELECT 500 + i, 'Person ' || i FROM generate_series(1, ${many}::int) AS i RETURNING id`
}

test('alice opens a conversation with bob; both have it, and it is found again from either side', async () => {
  const { alice, bob } = world
  const { id, created } = await open(alice, bob)
  expect(created).toBe(true)
  expect(await open(alice, bob, alice)).toEqual({ id, created: false })
  expect(await open(bob, alice)).toEqual({ id, created: false })
  const { conversation, membership } = (await world.fetched(bob)).get(id)!
  expect(conversation).toMatchObject({ kind: 'direct', name: null, memberCount: 2 })
  expect(conversation.people).toEqual([alice.id, bob.id].sort(compareIds))
  expect(world.toldTo(bob)).toEqual([{ version: 1, type: 'membership.added', conversation, membership }])
  expect(await auditLog(world)).toEqual([])
})

test('both open it at the same moment: it is one', async () => {
  const { alice, bob } = world
  for (let round = 0; round < 5; round++) {
    const [a, b] = await crowdOfTwo(round)
    const opened = await Promise.all([open(a, b), open(b, a), open(a, b)])
    expect(new Set(opened.map((o) => o.id)).size).toBe(1)
    expect(opened.filter((o) => o.created)).toHaveLength(1)
  }
  expect(await open(alice, bob)).toMatchObject({ created: true })
})

const crowdOfTwo = (round: number): [Who, Who] => {
  const { alice, bob, carol, dan, erin, mallory } = world
  const pairs: [Who, Who][] = [
    ...([
      [alice, carol],
      [carol, dan],
      [dan, erin],
      [erin, mallory],
      [mallory, alice],
    ] as [Who, Who][]),
    [bob, carol],
  ]
  return pairs[round]!
}

test('with nobody else it is a place for my own notes', async () => {
  const { alice } = world
  const { id } = await open(alice, alice)
  expect(await open(alice, alice)).toEqual({ id, created: false })
  expect(await peopleOf(alice, id)).toEqual([alice.id])
  await world.as(alice, sendMessage, { id: crypto.randomUUID(), conversation: id, text: 'milk' })
})

test('three are a group, whoever opens it and in whatever order', async () => {
  const { alice, bob, carol } = world
  const { id } = await open(alice, carol, bob)
  expect(await open(bob, alice, carol)).toEqual({ id, created: false })
  expect((await world.fetched(carol)).get(id)!.conversation).toMatchObject({ kind: 'group', memberCount: 3 })
  expect((await open(alice, bob)).id).not.toBe(id)
})

test(`a group has at most ${LIMITS.groupMembers} people, whoever opens it included`, async () => {
  const { alice, bob } = world
  const people = await crowd(LIMITS.groupMembers)
  await expect(open(alice, ...people)).rejects.toMatchObject({ code: 'bad_input', field: 'people' })
  const { id } = await open(alice, ...people.slice(1))
  expect((await world.fetched(alice)).get(id)!.conversation.memberCount).toBe(LIMITS.groupMembers)
  const one = world.as(alice, inviteToConversation, { conversation: id, people: [bob.id] })
  await expect(one).rejects.toMatchObject({ code: 'conflict' })
  await expect(open(alice, ...people, bob)).rejects.toMatchObject({ code: 'bad_input' })
})

test('nobody opens one with who was deactivated, but what was said can still be opened', async () => {
  const { as, alice, bob, carol, dan } = world
  const { id } = await open(alice, bob)
  await as(dan, deactivate, { person: bob.id })
  expect(await open(alice, bob)).toEqual({ id, created: false })
  await expect(open(carol, bob)).rejects.toMatchObject({ code: 'conflict' })
  await expect(open(carol, { id: '404' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(open({ kind: 'anonymous', address: '192.0.2.9' }, carol)).rejects.toMatchObject({
    code: 'signed_out',
  })
})

test('carol is brought into a group: it is now found as the group of four', async () => {
  const { as, alice, bob, carol, dan } = world
  const { id } = await open(alice, bob, dan)
  await as(bob, inviteToConversation, { conversation: id, people: [carol.id] })
  expect(await open(carol, alice, bob, dan)).toEqual({ id, created: false })
  expect(await peopleOf(carol, id)).toEqual([alice.id, bob.id, carol.id, dan.id].sort(compareIds))
  expect(world.toldTo(carol)[0]).toMatchObject({ conversation: { people: await peopleOf(carol, id) } })
  const three = await open(alice, bob, dan)
  expect(three.created).toBe(true)
  const again = as(alice, inviteToConversation, { conversation: three.id, people: [carol.id] })
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
})

test('who leaves a group is out of it, and those who remain have what they had', async () => {
  const { as, alice, bob, carol } = world
  const two = await open(alice, bob)
  const { id } = await open(alice, bob, carol)
  await as(carol, leaveConversation, { conversation: id })
  expect(await peopleOf(alice, id)).toEqual([alice.id, bob.id].sort(compareIds))
  expect(await open(alice, bob)).toEqual({ id: two.id, created: false })
  const anew = await open(alice, bob, carol)
  expect(anew.created).toBe(true)
  await as(bob, leaveConversation, { conversation: id })
  await as(alice, leaveConversation, { conversation: id })
})

test('where those who remain have a group of their own, that one is found, and both live on', async () => {
  const { as, alice, bob, carol, dan } = world
  const three = await open(alice, bob, carol)
  const four = await open(alice, bob, carol, dan)
  await as(dan, leaveConversation, { conversation: four.id })
  expect(await open(carol, bob, alice)).toEqual({ id: three.id, created: false })
  expect([...(await world.fetched(alice)).keys()].sort()).toEqual([three.id, four.id].sort())
})

test('a direct conversation stays between two: nobody is added, removed, or leaves, and it has no name', async () => {
  const { as, alice, bob, carol, dan } = world
  const { id } = await open(dan, bob)
  const there = { conversation: id }
  for (const [act, input] of [
    [inviteToConversation, { people: [carol.id] }],
    [removeFromChannel, { person: bob.id }],
    [leaveConversation, {}],
    [changeChannel, { topic: 'x' }],
  ] as const)
    await expect(as<never, unknown>(dan, act as never, { ...there, ...input })).rejects.toMatchObject({
      code: 'conflict',
    })
  await expect(as(alice, leaveConversation, there)).rejects.toMatchObject({ code: 'not_found' })
})

test('a bot opens a conversation with its scope', async () => {
  const { alice, bob } = world
  expect(await open(bot(bob), alice)).toMatchObject({ created: true })
  await expect(open(bot(bob, []), alice)).rejects.toMatchObject({ code: 'scope_missing' })
  await expect(world.as(bot(bob, []), createChannel, { kind: 'public', name: 'x' })).rejects.toMatchObject({
    code: 'scope_missing',
  })
})
