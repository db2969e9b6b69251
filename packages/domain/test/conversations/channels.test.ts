import type { Act } from '@parley/domain'
import {
  archiveChannel,
  browse,
  changeChannel,
  createChannel,
  inviteToConversation,
  joinChannel,
  leaveConversation,
  members,
  removeFromChannel,
  setMemberRole,
  setMine,
} from '@parley/domain/conversations/index'
import { sendMessage } from '@parley/domain/messages/index'
import { deactivate } from '@parley/domain/people/index'
import { unreadOf } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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

const say = (who: World['alice'], conversation: string, text = 'hello') =>
  world.as(who, sendMessage, { id: crypto.randomUUID(), conversation, text })
const refused = (code: string, more: object = {}) => ({ code, ...more })

describe('creating a channel', () => {
  test('alice makes one with bob in it: she owns it, both are told, and it is written down', async () => {
    const { as, alice, bob } = world
    const made = await as(alice, createChannel, {
      kind: 'public',
      name: ' #Team  Lunch',
      topic: 'Today: soup',
      people: [bob.id, alice.id, bob.id],
    })
    expect(made).toMatchObject({ name: 'team-lunch', kind: 'public', joined: [alice.id, bob.id] })
    const [added] = world.toldTo(bob)
    expect(added).toMatchObject({ type: 'membership.added', version: 1, membership: { role: 'member' } })
    const { conversation, membership } = (await world.fetched(alice)).get(made.id)!
    expect(conversation).toMatchObject({
      name: 'team-lunch',
      topic: 'Today: soup',
      memberCount: 2,
      people: [],
    })
    expect(membership.role).toBe('owner')
    expect(added).toMatchObject((await world.fetched(bob)).get(made.id)!)
    expect(await auditLog(world, 'conversation.created')).toMatchObject([
      {
        actor_name: 'alice',
        entity_name: 'team-lunch',
        after: { kind: 'public', people: [alice.id, bob.id] },
      },
    ])
  })

  test('a name is taken once, whatever its case, and of two who take it at once one does', async () => {
    const { as, alice, bob } = world
    const outcomes = await Promise.allSettled(
      [alice, bob].map((who) => as(who, createChannel, { kind: 'private', name: 'plans' })),
    )
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
    await expect(as(bob, createChannel, { kind: 'public', name: 'PLANS' })).rejects.toMatchObject(
      refused('conflict', { field: 'name' }),
    )
  })

  test('names that are empty, too long or deceive the eye are refused', async () => {
    for (const name of [
      '',
      '  ',
      '#',
      'a'.repeat(81),
      'no/slash',
      '-dash',
      'a\u202Eb',
      'a\u0000b',
      'zero\u200Bwidth',
      'plans\u3164',
      'plans\u034F',
      'plans\uFE0F',
      `z${'\u0336'.repeat(5)}`,
    ])
      await expect(
        world.as(world.alice, createChannel, { kind: 'public', name }),
        JSON.stringify(name),
      ).rejects.toMatchObject(refused('bad_input', { field: 'name' }))
    for (const name of ['ünïcode', 'チャンネル', 'บ้านน้ำ', '2024_budget', 'v1.0'])
      await world.as(world.alice, createChannel, { kind: 'public', name })
  })

  test('nobody who was deactivated, and no id of nobody, is brought along', async () => {
    const { as, alice, bob, dan } = world
    await as(dan, deactivate, { person: bob.id })
    const input = { kind: 'public', name: 'plans' }
    await expect(as(alice, createChannel, { ...input, people: [bob.id] })).rejects.toMatchObject(
      refused('conflict'),
    )
    await expect(as(alice, createChannel, { ...input, people: ['404'] })).rejects.toMatchObject(
      refused('not_found'),
    )
    expect(await world.db.sql`SELECT FROM conversations`).toEqual([])
  })
})

describe('joining', () => {
  test('bob joins and may read everything; nothing of it is unread', async () => {
    const { as, alice, bob } = world
    const id = await world.channel('plans')
    for (let i = 0; i < 3; i++) await say(alice, id, `<@${bob.id}> look`)
    expect(await as(bob, joinChannel, { conversation: id })).toEqual({ joined: true })
    const { conversation, membership } = (await world.fetched(bob)).get(id)!
    expect(unreadOf(conversation, membership)).toBe(0)
    expect(membership).toMatchObject({ readSeq: 3, readOrdinal: 3, mentionSeqs: [], role: 'member' })
    expect(world.told(id).at(-1)).toMatchObject({
      ...{ type: 'members.changed', joined: [{ person: bob.id, role: 'member' }], memberCount: 2 },
    })
    expect(world.toldTo(bob).at(-1)).toMatchObject({ conversation, membership })
    expect(await as(bob, joinChannel, { conversation: id })).toEqual({ joined: false })
  })

  test('two people who join at the same moment are both counted, each in a version of their own', async () => {
    const { as, bob, carol, erin, dan } = world
    const id = await world.channel('plans')
    await Promise.all([bob, carol, dan, erin].map((who) => as(who, joinChannel, { conversation: id })))
    expect((await world.fetched(bob)).get(id)!.conversation.memberCount).toBe(5)
    expect(world.told(id).map((e) => e.version)).toEqual([1, 2, 3, 4, 5])
  })

  test('twice by the same person at once is once', async () => {
    const id = await world.channel('plans')
    const both = await Promise.all([1, 2].map(() => world.as(world.bob, joinChannel, { conversation: id })))
    expect(both.filter((b) => b.joined)).toHaveLength(1)
    expect((await world.fetched(world.bob)).get(id)!.conversation.memberCount).toBe(2)
  })

  test('a private channel looks to mallory as if it were not there', async () => {
    const { as, mallory } = world
    const id = await world.channel('plans', [], 'private')
    const attempts: [Act, object][] = [
      [joinChannel, {}],
      [leaveConversation, {}],
      [members, {}],
      [inviteToConversation, { people: [mallory.id] }],
      [removeFromChannel, { person: world.alice.id }],
      [setMemberRole, { person: mallory.id, role: 'owner' }],
      [changeChannel, { topic: 'mine' }],
      [archiveChannel, { archived: true }],
      [setMine, { muted: true }],
    ]
    for (const [act, input] of attempts) {
      const there = as(mallory, act, { conversation: id, ...input })
      const nowhere = as(mallory, act, { conversation: '404', ...input })
      const [a, b] = await Promise.allSettled([there, nowhere])
      expect(a, act.name).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } })
      expect(String((a as PromiseRejectedResult).reason)).toBe(String((b as PromiseRejectedResult).reason))
    }
    expect((await as(mallory, browse, {})).items).toEqual([])
  })

  test('who comes back is a member as any other, with everything read', async () => {
    const { as, alice, bob } = world
    const id = await world.channel('plans', [bob])
    await as(alice, setMemberRole, { conversation: id, person: bob.id, role: 'owner' })
    await as(bob, setMine, { conversation: id, muted: true, favourite: true })
    await as(bob, leaveConversation, { conversation: id })
    await say(alice, id)
    await as(bob, joinChannel, { conversation: id })
    expect((await world.fetched(bob)).get(id)!.membership).toEqual({
      ...{ role: 'member', muted: false, favourite: false },
      ...{ readSeq: 1, readOrdinal: 1, mentionSeqs: [] },
    })
    expect(world.toldTo(bob).at(-1)).toMatchObject((await world.fetched(bob)).get(id)!)
  })

  test('a bot joins with its scope, and not without', async () => {
    const { as, bob } = world
    const id = await world.channel('plans')
    await expect(as(bot(bob, ['messages:write']), joinChannel, { conversation: id })).rejects.toMatchObject(
      refused('scope_missing'),
    )
    await as(bot(bob), joinChannel, { conversation: id })
    expect((await world.fetched(bob)).has(id)).toBe(true)
  })
})

describe('leaving', () => {
  test('bob leaves: the others are told, and he hears and says no more', async () => {
    const { as, alice, bob } = world
    const id = await world.channel('plans', [bob])
    await as(bob, leaveConversation, { conversation: id })
    expect(world.toldTo(bob).at(-1)).toMatchObject({ type: 'membership.removed', conversation: id })
    expect(world.told(id).at(-1)).toMatchObject({ type: 'members.changed', left: [bob.id], memberCount: 1 })
    expect((await world.fetched(bob)).size).toBe(0)
    await expect(say(bob, id)).rejects.toMatchObject(refused('not_found'))
    expect((await world.fetched(alice)).get(id)!.conversation.memberCount).toBe(1)
  })

  test('the last owner stays while others are there, and may go when nobody is', async () => {
    const { as, alice, bob } = world
    const id = await world.channel('plans', [bob])
    await expect(as(alice, leaveConversation, { conversation: id })).rejects.toMatchObject(
      refused('conflict'),
    )
    await as(alice, setMemberRole, { conversation: id, person: bob.id, role: 'owner' })
    await as(alice, leaveConversation, { conversation: id })
    await as(bob, leaveConversation, { conversation: id })
    expect((await as(bob, browse, {})).items).toMatchObject([{ id, memberCount: 0, joined: false }])
    await as(world.carol, joinChannel, { conversation: id })
    expect((await world.fetched(world.carol)).get(id)!.membership.role).toBe('owner')
  })

  test('of two owners who leave at the same moment one stays', async () => {
    const { as, alice, bob, carol } = world
    const id = await world.channel('plans', [bob, carol])
    await as(alice, setMemberRole, { conversation: id, person: bob.id, role: 'owner' })
    const outcomes = await Promise.allSettled(
      [alice, bob].map((who) => as(who, leaveConversation, { conversation: id })),
    )
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
  })

  test('an owner who was deactivated is no owner to rely on', async () => {
    const { as, alice, bob, dan } = world
    const id = await world.channel('plans', [bob])
    await as(alice, setMemberRole, { conversation: id, person: bob.id, role: 'owner' })
    await as(dan, deactivate, { person: bob.id })
    await expect(as(alice, leaveConversation, { conversation: id })).rejects.toMatchObject(
      refused('conflict'),
    )
  })
})

describe('inviting and removing', () => {
  test('any member brings others into a private channel; who is there already takes no version', async () => {
    const { as, bob, carol } = world
    const id = await world.channel('plans', [bob], 'private')
    expect(await as(bob, inviteToConversation, { conversation: id, people: [carol.id, bob.id] })).toEqual({
      joined: [carol.id],
    })
    expect(await as(bob, inviteToConversation, { conversation: id, people: [carol.id] })).toEqual({
      joined: [],
    })
    expect(world.told(id)).toHaveLength(2)
    expect(world.toldTo(carol)).toMatchObject([
      { type: 'membership.added', conversation: { id, kind: 'private' } },
    ])
    expect(await auditLog(world, 'conversation.invited')).toMatchObject([{ after: { people: [carol.id] } }])
  })

  test('an owner removes bob; bob himself and other members remove nobody', async () => {
    const { as, alice, bob, carol } = world
    const id = await world.channel('plans', [bob, carol])
    await expect(as(bob, removeFromChannel, { conversation: id, person: carol.id })).rejects.toMatchObject(
      refused('not_allowed'),
    )
    await expect(as(alice, removeFromChannel, { conversation: id, person: alice.id })).rejects.toMatchObject(
      refused('bad_input'),
    )
    await as(alice, removeFromChannel, { conversation: id, person: bob.id })
    await expect(as(alice, removeFromChannel, { conversation: id, person: bob.id })).rejects.toMatchObject(
      refused('not_found'),
    )
    expect(world.toldTo(bob).at(-1)).toMatchObject({ type: 'membership.removed' })
    expect(await auditLog(world, 'conversation.removed')).toMatchObject([{ before: { person: bob.id } }])
  })

  test('dan, who administers, removes somebody where he is a member, and never the last owner', async () => {
    const { as, alice, bob, dan } = world
    const id = await world.channel('plans', [bob])
    const remove = (who: { id: string }) => as(dan, removeFromChannel, { conversation: id, person: who.id })
    await expect(remove(bob)).rejects.toMatchObject(refused('not_found'))
    await as(dan, joinChannel, { conversation: id })
    await remove(bob)
    await expect(remove(alice)).rejects.toMatchObject(refused('conflict'))
  })
})

describe('roles in a channel', () => {
  test('an owner makes bob an owner and he makes her a member; the last one stays', async () => {
    const { as, alice, bob } = world
    const id = await world.channel('plans', [bob])
    const give = (who: World['alice'], person: World['alice'], role: string) =>
      as(who, setMemberRole, { conversation: id, person: person.id, role })
    await expect(give(bob, bob, 'owner')).rejects.toMatchObject(refused('not_allowed'))
    await give(alice, bob, 'owner')
    expect(world.toldTo(bob).at(-1)).toMatchObject({
      type: 'membership.changed',
      membership: { role: 'owner' },
    })
    await give(bob, alice, 'member')
    await give(bob, alice, 'member')
    await expect(give(bob, bob, 'member')).rejects.toMatchObject(refused('conflict'))
    expect(await auditLog(world, 'conversation.role_changed')).toHaveLength(2)
    expect((await as(alice, members, { conversation: id })).items).toEqual([
      { person: bob.id, role: 'owner' },
      { person: alice.id, role: 'member' },
    ])
  })

  test('only a member is given a role', async () => {
    const id = await world.channel('plans')
    const input = { conversation: id, person: world.bob.id, role: 'owner' }
    await expect(world.as(world.alice, setMemberRole, input)).rejects.toMatchObject(refused('not_found'))
  })
})

describe('changing a channel', () => {
  test('bob says what it is about; only alice, its owner, names it', async () => {
    const { as, alice, bob } = world
    const id = await world.channel('plans', [bob])
    await as(bob, changeChannel, { conversation: id, topic: 'Lunch', purpose: 'To eat' })
    await as(bob, changeChannel, { conversation: id, topic: 'Lunch' })
    await expect(as(bob, changeChannel, { conversation: id, name: 'bobs' })).rejects.toMatchObject(
      refused('not_allowed'),
    )
    await as(alice, changeChannel, { conversation: id, name: 'Meals' })
    expect(world.told(id).slice(1)).toEqual([
      { version: 2, type: 'conversation.changed', changes: { topic: 'Lunch', purpose: 'To eat' } },
      { version: 3, type: 'conversation.changed', changes: { name: 'meals' } },
    ])
    expect((await world.fetched(bob)).get(id)!.conversation).toMatchObject({
      ...{ name: 'meals', topic: 'Lunch', purpose: 'To eat', version: 3 },
    })
    expect(await auditLog(world, 'conversation.changed')).toMatchObject([
      { before: { topic: '', purpose: '' }, after: { topic: 'Lunch', purpose: 'To eat' } },
      { before: { name: 'plans' }, after: { name: 'meals' } },
    ])
  })

  test('a name that another channel has is refused, and nothing changes', async () => {
    const id = await world.channel('plans')
    await world.channel('meals')
    const taken = world.as(world.alice, changeChannel, { conversation: id, name: 'meals', topic: 'x' })
    await expect(taken).rejects.toMatchObject(refused('conflict', { field: 'name' }))
    expect((await world.fetched(world.alice)).get(id)!.conversation).toMatchObject({ topic: '', version: 1 })
  })

  test('a public channel is closed by its owner and never opened again', async () => {
    const { as, alice, bob, carol } = world
    const id = await world.channel('plans', [bob])
    await expect(as(bob, changeChannel, { conversation: id, kind: 'private' })).rejects.toMatchObject(
      refused('not_allowed'),
    )
    await as(alice, changeChannel, { conversation: id, kind: 'private' })
    await expect(as(alice, changeChannel, { conversation: id, kind: 'public' })).rejects.toMatchObject(
      refused('conflict'),
    )
    await expect(as(carol, joinChannel, { conversation: id })).rejects.toMatchObject(refused('not_found'))
    expect(world.told(id).at(-1)).toMatchObject({ changes: { kind: 'private' } })
  })

  test('in an archived channel nothing is said or changed and nobody joins, until it is restored', async () => {
    const { as, alice, bob, carol } = world
    const id = await world.channel('plans', [bob])
    await expect(as(bob, archiveChannel, { conversation: id, archived: true })).rejects.toMatchObject(
      refused('not_allowed'),
    )
    await as(alice, archiveChannel, { conversation: id, archived: true })
    await as(alice, archiveChannel, { conversation: id, archived: true })
    const there = { conversation: id }
    for (const attempt of [
      () => say(alice, id),
      () => as(carol, joinChannel, there),
      () => as(alice, inviteToConversation, { ...there, people: [carol.id] }),
      () => as(alice, changeChannel, { ...there, topic: 'x' }),
      () => as(alice, setMemberRole, { ...there, person: bob.id, role: 'owner' }),
    ])
      await expect(attempt()).rejects.toMatchObject(refused('conflict'))
    expect((await as(carol, browse, {})).items).toEqual([])
    expect((await as(carol, browse, { archived: true })).items).toMatchObject([{ id, archived: true }])
    await as(bob, leaveConversation, there)
    await as(alice, archiveChannel, { ...there, archived: false })
    await say(alice, id)
    await as(carol, joinChannel, there)
    expect((await auditLog(world)).filter((e) => /archived|restored/.test(e.action))).toHaveLength(2)
  })
})

test('what bob mutes is muted on all his devices, and concerns nobody else', async () => {
  const { as, bob } = world
  const id = await world.channel('plans', [bob])
  const before = world.told(id).length
  await as(bob, setMine, { conversation: id, muted: true })
  await as(bob, setMine, { conversation: id, muted: true })
  await as(bob, setMine, { conversation: id, favourite: true })
  expect(world.toldTo(bob).slice(1)).toMatchObject([
    { type: 'membership.changed', membership: { muted: true, favourite: false } },
    { type: 'membership.changed', membership: { muted: true, favourite: true }, at: 1 },
  ])
  expect((await world.fetched(bob)).get(id)!.membership).toMatchObject({ muted: true, favourite: true })
  expect(world.told(id)).toHaveLength(before)
})
