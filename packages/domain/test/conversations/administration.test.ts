import {
  addOwner,
  archiveAnyChannel,
  type ConversationRow,
  joinChannel,
  listConversations,
  members,
  openDirect,
  renameAnyChannel,
  setForEveryone,
} from '@parley/domain/conversations/index'
import { sendMessage } from '@parley/domain/messages/index'
import { deactivate } from '@parley/domain/people/index'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  try {
    await world.deps.messages.drain()
    expect(await world.lost()).toEqual([])
  } finally {
    await world.close()
  }
})

const administration = [listConversations, archiveAnyChannel, renameAnyChannel, addOwner, setForEveryone]

test('mallory administers nothing; erin, the auditor, only looks', async () => {
  const { as, mallory, erin } = world
  const conversation = await world.channel('plans')
  const inputs = [
    {},
    { conversation, archived: true },
    { conversation, name: 'x' },
    { conversation, person: mallory.id },
    { conversation, forEveryone: true },
  ]
  for (const [i, act] of administration.entries()) {
    await expect(as<never, unknown>(mallory, act as never, inputs[i])).rejects.toMatchObject({
      code: 'not_allowed',
    })
    if (act !== listConversations)
      await expect(as<never, unknown>(erin, act as never, inputs[i])).rejects.toMatchObject({
        code: 'not_allowed',
      })
  }
  expect((await as(erin, listConversations, {})).total).toBe(1)
})

describe('the list', () => {
  test('shows what administration needs of every channel, and nothing of what was said', async () => {
    const { as, alice, bob, dan, db } = world
    const id = await world.channel('plans', [bob], 'private')
    const { at } = await as(alice, sendMessage, {
      id: crypto.randomUUID(),
      conversation: id,
      text: 'a secret',
    })
    await db.sql`INSERT INTO retention_policies (id, scope, conversation_id, days, updated_by) VALUES (1, 'conversation', ${id}, 30, 1)`
    const { items, next, total } = await as(dan, listConversations, {})
    expect({ next, total }).toEqual({ next: null, total: 1 })
    expect(items).toMatchObject([
      {
        ...{
          id,
          kind: 'private',
          name: 'plans',
          memberCount: 2,
          messages: 1,
          lastAt: at,
          retention: { days: 30 },
        },
        ...{ archivedAt: null, createdBy: alice.id, forEveryone: false, people: [] },
      },
    ])
    expect(JSON.stringify(items)).not.toContain('secret')
  })

  test('direct conversations are shown when asked for', async () => {
    const { as, alice, bob, dan } = world
    await as(alice, openDirect, { people: [bob.id] })
    expect((await as(dan, listConversations, {})).total).toBe(0)
    const { items } = await as(dan, listConversations, { kinds: ['direct', 'group'] })
    expect(items).toMatchObject([{ kind: 'direct', name: null, memberCount: 2 }])
  })

  test('ten thousand are paged through in any order, each once; filters narrow', async () => {
    const { as, dan, db } = world
    await db.sql`
      INSERT INTO conversations (id, kind, name, created_by, created_at, last_at, member_count, archived_at)
      SELECT i, CASE WHEN i % 3 = 0 THEN 'private' ELSE 'public' END, 'channel-' || i, 1, now() - i * interval '1 minute',
        now() - (i % 100) * interval '1 hour', i % 7, CASE WHEN i % 10 = 0 THEN now() END
      FROM generate_series(1, 10000) AS i`
    for (const sort of ['name', 'members', 'active'] as const) {
      const ids = new Set<string>()
      const sorted: ConversationRow[] = []
      let cursor: string | null = null
      do {
        // So that dan does not run into his own limit.
        world.clock.advance(1_000)
        const input: object = { sort, descending: sort !== 'name', limit: 200, ...(cursor && { cursor }) }
        const page = await as(dan, listConversations, input)
        for (const row of page.items) ids.add(row.id)
        sorted.push(...page.items)
        cursor = page.next
      } while (cursor)
      expect([sort, ids.size, sorted.length]).toEqual([sort, 10_000, 10_000])
      if (sort === 'members')
        expect(sorted.every((row, i) => i === 0 || sorted[i - 1]!.memberCount >= row.memberCount)).toBe(true)
    }
    const total = async (input: object) => (await as(dan, listConversations, input)).total
    expect(await total({ kinds: ['private'] })).toBe(3_333)
    expect(await total({ archived: true })).toBe(1_000)
    expect(await total({ text: 'CHANNEL-999' })).toBe(11)
    expect(await total({ text: '%' })).toBe(0)
    await db.sql`DELETE FROM conversations`
  })
})

describe('what an administrator may do where they are not a member', () => {
  test('dan renames and archives a private channel; its members are told, and he still sees nothing in it', async () => {
    const { as, alice, dan } = world
    const conversation = await world.channel('plans', [], 'private')
    await as(dan, renameAnyChannel, { conversation, name: 'Old Plans' })
    await as(dan, archiveAnyChannel, { conversation, archived: true })
    await as(dan, archiveAnyChannel, { conversation, archived: true })
    expect(world.told(conversation).slice(1)).toMatchObject([
      { version: 2, changes: { name: 'old-plans' } },
      { version: 3, changes: { archived: true } },
    ])
    expect((await world.fetched(alice)).get(conversation)!.conversation).toMatchObject({
      ...{ name: 'old-plans', archived: true, version: 3 },
    })
    await expect(as(dan, members, { conversation })).rejects.toMatchObject({ code: 'not_found' })
    await as(dan, archiveAnyChannel, { conversation, archived: false })
    expect((await auditLog(world)).slice(-3).map((e) => [e.action, e.actor_name])).toEqual([
      ['conversation.changed', 'dan'],
      ['conversation.archived', 'dan'],
      ['conversation.restored', 'dan'],
    ])
  })

  test('a channel whose owner is gone gets another', async () => {
    const { as, alice, bob, carol, dan } = world
    const conversation = await world.channel('plans', [bob], 'private')
    await as(dan, deactivate, { person: alice.id })
    await as(dan, addOwner, { conversation, person: bob.id })
    await as(dan, addOwner, { conversation, person: bob.id })
    await as(dan, addOwner, { conversation, person: carol.id })
    expect((await world.fetched(bob)).get(conversation)!.membership.role).toBe('owner')
    expect((await world.fetched(carol)).get(conversation)).toMatchObject({
      ...{ membership: { role: 'owner' }, conversation: { memberCount: 3 } },
    })
    expect(await auditLog(world, 'conversation.role_changed')).toHaveLength(1)
    expect(await auditLog(world, 'conversation.invited')).toMatchObject([
      { after: { person: carol.id, role: 'owner' } },
    ])
  })

  test('dan does not let himself into a private channel', async () => {
    const { as, alice, dan } = world
    const closed = await world.channel('closed', [], 'private')
    const itself = as(dan, addOwner, { conversation: closed, person: dan.id })
    await expect(itself).rejects.toMatchObject({ code: 'not_allowed' })
    const open = await world.channel('open')
    await as(dan, addOwner, { conversation: open, person: dan.id })
    await as(dan, deactivate, { person: alice.id })
    await expect(as(dan, addOwner, { conversation: open, person: alice.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('a conversation between people is none of theirs, nor is one that is not there', async () => {
    const { as, alice, bob, dan } = world
    const { id } = await as(alice, openDirect, { people: [bob.id] })
    for (const conversation of [id, '404'])
      for (const [act, input] of [
        [archiveAnyChannel, { archived: true }],
        [renameAnyChannel, { name: 'x' }],
        [addOwner, { person: dan.id }],
        [setForEveryone, { forEveryone: true }],
      ] as const)
        await expect(as<never, unknown>(dan, act as never, { conversation, ...input })).rejects.toMatchObject(
          {
            code: 'not_found',
          },
        )
  })
})

test('only a public channel that is open is for everyone, and ceases to be when it is closed', async () => {
  const { as, alice, dan } = world
  const closed = await world.channel('closed', [], 'private')
  const open = await world.channel('open')
  const set = (conversation: string, forEveryone: boolean) =>
    as(dan, setForEveryone, { conversation, forEveryone })
  await expect(set(closed, true)).rejects.toMatchObject({ code: 'conflict' })
  expect(await set(open, true)).toEqual({ changed: true })
  expect(await set(open, true)).toEqual({ changed: false })
  await as(dan, archiveAnyChannel, { conversation: open, archived: true })
  await expect(set(open, true)).rejects.toMatchObject({ code: 'conflict' })
  await as(dan, archiveAnyChannel, { conversation: open, archived: false })
  expect((await as(dan, listConversations, { text: 'open' })).items).toMatchObject([{ forEveryone: false }])
  await expect(as(alice, joinChannel, { conversation: open })).resolves.toEqual({ joined: false })
})
