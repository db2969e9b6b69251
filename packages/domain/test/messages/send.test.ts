import {
  deleteMessage,
  editMessage,
  history,
  markRead,
  markThreadRead,
  pin,
  react,
  sendMessage,
  threadHistory,
} from '@parley/domain/messages/index'
import type { MessageWriter } from '@parley/domain/messages/writer'
import { doJob } from '@parley/domain/outbox/do-job'
import { type SyncPart, sync } from '@parley/domain/sync/sync'
import { type Message, unreadOf } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { alice, bob, clientId, general, mallory, openRoom } from './room.ts'

let room: Awaited<ReturnType<typeof openRoom>>
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

const say = (who: typeof alice, text: string, more: object = {}) =>
  room.as(who, sendMessage, { id: clientId(), conversation: general, text, ...more })

async function fetched(who: typeof alice, version = 0): Promise<SyncPart[]> {
  const parts: AsyncGenerator<SyncPart> = await room.as(who, sync, {
    person: 0,
    conversations: [[general, version, 1]],
  })
  return Array.fromAsync(parts)
}
const messagesOf = (parts: SyncPart[]): Message[] =>
  parts.flatMap((p) => p.changes.flatMap((c) => c.messages)).sort((a, b) => a.seq - b.seq)

describe('sending (message-path rules 1–6)', () => {
  test('a thousand messages sent at once take a thousand numbers, in order and without gaps', async () => {
    const sent = await Promise.all(
      Array.from({ length: 1_000 }, (_, i) => say(i % 2 ? alice : bob, `message ${i}`)),
    )
    expect(sent.map((s) => s.seq)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1))
    expect(room.events().map((e) => e.version)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1))
  })

  test('mallory’s mentions of ids that are none hold up nobody’s message, hers neither', async () => {
    const texts = ['<@99999999999999999999>', '<@12><@012>', 'an innocent one']
    const sent = await Promise.all(texts.map((text) => say(text.startsWith('<') ? alice : bob, text)))
    expect(sent.map((s) => s.seq)).toEqual([1, 2, 3])
    expect(await room.db.sql`SELECT mentions FROM messages ORDER BY seq`).toEqual([
      { mentions: [] },
      { mentions: ['12'] },
      { mentions: [] },
    ])
  })

  test('a retry with the same client id is answered with the first result and writes nothing', async () => {
    const message = { id: clientId(), conversation: general, text: 'once' }
    const [first, together] = await Promise.all([
      room.as(alice, sendMessage, message),
      room.as(alice, sendMessage, message),
    ])
    const later = await room.as(alice, sendMessage, message)
    expect([together, later]).toEqual([first, first])
    expect(await room.db.sql`SELECT count(*)::int AS n FROM messages`).toEqual([{ n: 1 }])
  })

  test('mallory spells one client id in two ways: it is one message, and the commit of all others stands', async () => {
    const commits = vi.spyOn(room.db.writer, 'query')
    const id = clientId()
    const shout = { id: id.toUpperCase(), conversation: general, text: 'X' }
    const [quiet, loud, ...others] = await Promise.all([
      room.as(alice, sendMessage, { id, conversation: general, text: 'x' }),
      room.as(alice, sendMessage, shout),
      ...Array.from({ length: 50 }, (_, i) => say(bob, `${i}`)),
    ])
    expect(loud).toEqual(quiet)
    expect(others.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2))
    expect(commits).toHaveBeenCalledTimes(2)
    expect(await room.as(alice, sendMessage, { ...shout, id: clientId().toUpperCase() })).toMatchObject({
      seq: 52,
    })
    const told = room.events().map((event) => event.type === 'message.created' && event.message.client)
    expect(messagesOf(await fetched(bob)).map(({ client }) => client)).toEqual(told)
  })

  test('two processes that get the same retry at once still write it once', async () => {
    const other = room.anotherWriter()
    const message = {
      conversation: general,
      sender: alice.id,
      client: clientId(),
      root: null,
      text: 'x',
      files: [],
    }
    const both: MessageWriter[] = [room.deps.messages, other]
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => both[i % 2]!.send({ ...message })))
    expect(new Set(results.map((r) => JSON.stringify(r))).size).toBe(1)
    await other.drain()
  })

  test('two processes that send into one conversation at once never give out a number twice, nor leave one out', async () => {
    const other = room.anotherWriter()
    const both: MessageWriter[] = [room.deps.messages, other]
    for (let round = 0; round < 10; round++)
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          both[i % 2]!.send({
            conversation: general,
            sender: i % 2 ? alice.id : bob.id,
            client: clientId(),
            root: null,
            text: 'x',
            files: [],
          }),
        ),
      )
    await other.drain()
    const rows = await room.db.sql<{ seq: number; version: number; ordinal: number }>`
      SELECT seq, version, ordinal FROM messages ORDER BY seq`
    expect(rows).toEqual(
      Array.from({ length: 200 }, (_, i) => ({ seq: i + 1, version: i + 1, ordinal: i + 1 })),
    )
  })

  test('mallory, who is not a member, is told that there is no such conversation, and takes no number', async () => {
    await expect(say(mallory, 'let me in')).rejects.toMatchObject({ code: 'not_found' })
    expect((await say(alice, 'hello')).seq).toBe(1)
  })

  test('one message that the database refuses does not fail the others of its batch', async () => {
    const bad = room.deps.messages.send({
      conversation: general,
      sender: alice.id,
      client: clientId(),
      root: null,
      text: 'nul \u0000',
      files: [],
    })
    const [refused, fine] = await Promise.all([bad, say(bob, 'fine')])
    expect(refused).toEqual({ ok: false, code: 'internal' })
    expect(fine.seq).toBe(1)
  })

  test('one that fails among hundreds costs the others a few commits', async () => {
    const commits = vi.spyOn(room.db.writer, 'query')
    const bad = room.deps.messages.send({
      ...{ conversation: general, sender: alice.id, client: clientId(), root: null },
      ...{ text: 'nul \u0000', files: [] },
    })
    const sent = await Promise.all(Array.from({ length: 256 }, (_, i) => say(bob, `${i}`)))
    expect(await bad).toEqual({ ok: false, code: 'internal' })
    expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 256 }, (_, i) => i + 1))
    expect(commits.mock.calls.length).toBeLessThan(20)
  })

  test('what alice said behind the second copy of a message that failed does not overtake it', async () => {
    await room.db.connection.query(`
      CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stumbled'; END $$;
      CREATE TRIGGER stumble BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.text = 'stumbles')
        EXECUTE FUNCTION stumble()`)
    const id = clientId()
    const said = (client: string, text: string) =>
      room.deps.messages.send({
        ...{ conversation: general, sender: alice.id, client, text },
        root: null,
        files: [],
      })
    const [failed, second, behind] = await Promise.all([
      said(id, 'stumbles'),
      said(id, 'does not'),
      said(clientId(), 'right behind'),
    ])
    expect(failed).toEqual({ ok: false, code: 'internal' })
    expect([second, behind]).toMatchObject([
      { ok: true, sent: { seq: 1 } },
      { ok: true, sent: { seq: 2 } },
    ])
    await room.db.connection.query('DROP FUNCTION stumble CASCADE')
  })

  test('of two messages sent at once with the same file, the first gets it, and the second is told', async () => {
    await room.db
      .sql`INSERT INTO files (id, conversation_id, uploader_id, name, declared_type, size, state, key)
      VALUES (31, ${general}, ${alice.id}, 'plan.pdf', 'application/pdf', 5, 'stored', 'k')`
    const [first, second, third] = await Promise.allSettled([
      say(alice, 'the plan', { files: ['31'] }),
      say(alice, 'the plan again', { files: ['31'] }),
      say(alice, 'and a word'),
    ])
    expect(first).toMatchObject({ status: 'fulfilled', value: { seq: 1 } })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'bad_input' } })
    expect(third).toMatchObject({ status: 'fulfilled', value: { seq: 2 } })
  })

  test('mallory names one file in a hundred messages: nobody behind her waits for a hundred commits', async () => {
    const commits = vi.spyOn(room.db.writer, 'query')
    const hers = Promise.allSettled(Array.from({ length: 100 }, () => say(alice, 'x', { files: ['31'] })))
    const his = await Promise.all(Array.from({ length: 100 }, (_, i) => say(bob, `${i}`)))
    expect(his.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    expect(commits.mock.calls.length).toBeLessThanOrEqual(2)
    await hers
  })

  test('sending looks at a few rows for each message, however full the tables became since the first', async () => {
    await room.db.sql`ANALYZE sent_messages, conversations, memberships`
    const read = async () => {
      await room.db.sql`SELECT pg_stat_force_next_flush()`
      await room.db.writer.query('SELECT pg_stat_force_next_flush()')
      const [row] = await room.db.sql<{ n: number }>`SELECT sum(n)::int AS n FROM (
          SELECT relname, idx_tup_read AS n FROM pg_stat_user_indexes
          UNION ALL SELECT relname, seq_tup_read FROM pg_stat_user_tables
        ) x WHERE relname IN ('sent_messages', 'conversations', 'memberships')`
      return row!.n
    }
    for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 100 }, () => say(alice, 'word')))
    const before = await read()
    for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 100 }, () => say(alice, 'word')))
    expect((await read()) - before).toBeLessThan(1_000 * 10)
  })

  test('while somebody holds the conversation and does not let go, alice is told to come again, and then it is there once', async () => {
    const hurried = room.anotherWriter({ writerMs: 200 })
    const message = {
      ...{ conversation: general, sender: alice.id, client: clientId(), root: null, text: 'x', files: [] },
    }
    await room.db.transaction(async ({ sql }) => {
      await sql`SELECT 1 FROM conversations WHERE id = ${general} FOR UPDATE`
      expect(await hurried.send(message)).toEqual({ ok: false, code: 'unavailable' })
    })
    expect(await hurried.send(message)).toMatchObject({ ok: true, sent: { seq: 1 } })
    expect(await room.db.sql`SELECT count(*)::int AS n FROM messages`).toEqual([{ n: 1 }])
    await hurried.drain()
  })

  test('what one commit refuses or has written before leaves no gap between the others, in conversations and threads', async () => {
    const other = '22'
    await room.db
      .sql`INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${other}, 'public', 'other', ${alice.id}, 1)`
    await room.db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${other}, ${alice.id})`
    const root = await say(alice, 'root')
    const before = { id: clientId(), conversation: general, text: 'said before' }
    const first = await room.as(bob, sendMessage, before)
    const results = await Promise.allSettled([
      say(alice, 'root 3'),
      room.as(bob, sendMessage, before),
      say(mallory, 'let me in'),
      say(bob, 'reply 1', { root: root.message }),
      say(bob, 'a reply to nothing', { root: '77' }),
      say(alice, 'reply 2', { root: root.message }),
      say(alice, 'elsewhere', { conversation: other }),
      say(bob, 'not a member there', { conversation: other }),
      say(bob, 'there is no such place', { conversation: '99' }),
      say(bob, 'root 4'),
      say(alice, 'elsewhere again', { conversation: other }),
    ])
    const numbers = results.map((one) =>
      one.status === 'fulfilled' ? [one.value.seq, one.value.version, one.value.ordinal] : one.reason.code,
    )
    expect(numbers).toEqual([
      [3, 3, 3],
      [2, 2, 2],
      'not_found',
      [4, 4, 1],
      'not_found',
      [5, 5, 2],
      [1, 1, 1],
      'not_found',
      'not_found',
      [6, 6, 4],
      [2, 2, 2],
    ])
    expect((results[1] as PromiseFulfilledResult<typeof first>).value.message).toBe(first.message)
    expect(
      await room.db
        .sql`SELECT last_seq, last_version, roots FROM conversations WHERE id IN (${general}, ${other}) ORDER BY id`,
    ).toEqual([
      { last_seq: 6, last_version: 6, roots: 4 },
      { last_seq: 2, last_version: 2, roots: 2 },
    ])
  })

  describe('one message of a commit that is not as all others', () => {
    const archived = '23'
    beforeEach(async () => {
      await room.db.sql`INSERT INTO conversations (id, kind, name, created_by, archived_at)
        VALUES (${archived}, 'public', 'old', ${alice.id}, now())`
      await room.db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${archived}, ${bob.id})`
      await room.db.sql`INSERT INTO memberships (conversation_id, person_id, left_at)
        VALUES (${general}, ${mallory.id}, now())`
      await room.db
        .sql`INSERT INTO files (id, conversation_id, uploader_id, name, declared_type, size, state, key)
        SELECT id, ${general}, ${alice.id}, 'plan.pdf', 'application/pdf', 5, 'stored', 'k' || id FROM generate_series(31, 32) id`
    })

    test.each([
      ['mallory’s, who has left', mallory, () => ({}), 'not_found'],
      ['mallory’s, who only replies', mallory, (root: string) => ({ root }), 'not_found'],
      ['a reply to nothing', bob, () => ({ root: '77' }), 'not_found'],
      ['one to a conversation that there is not', bob, () => ({ conversation: '99' }), 'not_found'],
      ['one to an archived conversation', bob, () => ({ conversation: archived }), 'conflict'],
      ['one with a file of somebody else’s', bob, () => ({ files: ['32'] }), 'bad_input'],
    ] as const)('%s is refused, and no other of them', async (_, who, more, code) => {
      const { message: root } = await say(alice, 'root')
      const results = await Promise.allSettled([
        say(alice, 'before', { files: ['31'] }),
        say(who, 'not as the others', more(root)),
        say(bob, 'a reply', { root }),
        say(alice, 'after'),
      ])
      expect(results).toMatchObject([
        { value: { seq: 2, version: 2, ordinal: 2 } },
        { reason: { code } },
        { value: { seq: 3, version: 3, ordinal: 1 } },
        { value: { seq: 4, version: 4, ordinal: 3 } },
      ])
    })
  })

  test('in one commit alice, who posts, has read up to there, and bob, who only replies, has not', async () => {
    const { message: root } = await say(alice, 'root')
    await Promise.all([say(alice, 'second'), say(bob, 'a reply', { root }), say(alice, 'third')])
    expect(
      await room.db
        .sql`SELECT person_id, read_seq, read_ordinal FROM memberships WHERE conversation_id = ${general}
        AND person_id IN (${alice.id}, ${bob.id}) ORDER BY person_id`,
    ).toEqual([
      { person_id: alice.id, read_seq: 4, read_ordinal: 3 },
      { person_id: bob.id, read_seq: 0, read_ordinal: 0 },
    ])
  })

  test('an outbox row stays until the worker has done what follows', async () => {
    await say(alice, 'hello')
    await room.deps.messages.drain()
    const outbox = (await room.db.sql<{ id: string }>`SELECT id FROM outbox`).map(({ id }) => id)
    expect(outbox).toHaveLength(1)
    await doJob(room.deps, { name: 'messages.changed', outbox }, async () => {})
    expect(await room.db.sql`SELECT id FROM outbox`).toEqual([])
  })
})

describe('read positions (rule 10)', () => {
  test('wherever alice marks a conversation unread, the roots up to there are counted, replies and gaps or not', async () => {
    const roots: string[] = []
    for (let i = 0; i < 40; i++) {
      const isReply = roots.length > 0 && i % 3 === 1
      const { message } = await say(bob, `${i}`, isReply ? { root: roots.at(-1) } : {})
      if (!isReply) roots.push(message)
    }
    // what retention purged is gone, and the floor says up to where
    await room.db.sql`DELETE FROM messages WHERE root_id IS NULL AND ordinal <= 5`
    await room.db.sql`UPDATE conversations SET floor = 5 WHERE id = ${general}`
    const wrong: unknown[] = []
    for (const seq of [0, 1, 7, 8, 9, 10, 11, 20, 21, 22, 23, 38, 39, 40]) {
      await room.as(alice, markRead, { conversation: general, seq: 40 })
      await room.as(alice, markRead, { conversation: general, seq, back: true })
      const [row] = await room.db.sql<{ read: number; counted: number }>`
        SELECT read_ordinal AS read, greatest(5, (SELECT max(ordinal) FROM messages WHERE root_id IS NULL AND seq <= ${seq})) AS counted
        FROM memberships WHERE conversation_id = ${general} AND person_id = ${alice.id}`
      if (row!.read !== row!.counted) wrong.push({ seq, ...row })
    }
    expect(wrong).toEqual([])
  })
})

describe('what events tell equals what a fresh fetch answers (rule 8)', () => {
  test('after sends, replies, mentions, edits, reactions and deletions', async () => {
    const root = await say(alice, 'root')
    await say(bob, `<@${alice.id}> reply`, { root: root.message })
    const second = await say(bob, 'second')
    await room.as(bob, editMessage, {
      conversation: general,
      message: second.message,
      text: 'second, edited',
    })
    await room.as(alice, react, { conversation: general, message: second.message, emoji: '👍', on: true })
    const third = await say(alice, 'third')
    await room.as(alice, deleteMessage, { conversation: general, message: third.message })
    const told = new Map<string, Message>()
    for (const event of room.events()) {
      if (event.type !== 'message.created' && event.type !== 'message.changed') continue
      told.set(event.message.id, event.message)
      if (event.type !== 'message.created' || !event.thread) continue
      const { author: _, ...thread } = event.thread
      told.set(event.message.root!, { ...told.get(event.message.root!)!, thread, version: event.version })
    }
    expect([...told.values()].sort((a, b) => a.seq - b.seq)).toEqual(messagesOf(await fetched(alice)))
  })

  test('catching up from any version in between ends in the same state', async () => {
    for (let i = 0; i < 12; i++) await say(i % 2 ? alice : bob, `m${i}`)
    const all = messagesOf(await fetched(bob))
    for (const from of [1, 5, 11])
      expect(messagesOf(await fetched(bob, from))).toEqual(all.filter((m) => m.version > from))
  })
})

describe('unread (rule 10)', () => {
  const unread = async (who: typeof alice) => {
    const [first] = await fetched(who)
    const { conversation, membership } = first!.conversations[0]!
    return { unread: unreadOf(conversation, membership), mentions: membership.mentionSeqs }
  }

  test('counts what others posted since, and whoever posts has read', async () => {
    await say(alice, 'one')
    await say(alice, `two <@${bob.id}>`)
    expect(await unread(bob)).toEqual({ unread: 2, mentions: [2] })
    expect(await unread(alice)).toEqual({ unread: 0, mentions: [] })
    await say(bob, 'answer')
    expect(await unread(bob)).toEqual({ unread: 0, mentions: [] })
    expect(await unread(alice)).toEqual({ unread: 1, mentions: [] })
  })

  test('bob reads up to the first and then marks it unread again', async () => {
    for (const text of ['one', 'two', 'three']) await say(alice, text)
    await room.as(bob, markRead, { conversation: general, seq: 2 })
    expect((await unread(bob)).unread).toBe(1)
    await room.as(bob, markRead, { conversation: general, seq: 1 })
    expect((await unread(bob)).unread).toBe(1)
    await room.as(bob, markRead, { conversation: general, seq: 0, back: true })
    expect((await unread(bob)).unread).toBe(3)
  })
})

test('a reaction given twice takes one version (rule 9)', async () => {
  const { message } = await say(alice, 'hello')
  for (let i = 0; i < 2; i++)
    await room.as(bob, react, { conversation: general, message, emoji: '🎉', on: true })
  expect((await room.db.sql<{ v: number }>`SELECT last_version AS v FROM conversations`)[0]!.v).toBe(2)
})

test('bob may not edit what alice wrote, and only a member may react', async () => {
  const { message } = await say(alice, 'mine')
  await expect(
    room.as(bob, editMessage, { conversation: general, message, text: 'no' }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(
    room.as(mallory, react, { conversation: general, message, emoji: '👍', on: true }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('mallory, who is not a member, can do nothing with what is said, and is told of nothing', async () => {
  const { message } = await say(alice, 'among us')
  const there = { conversation: general, message }
  const attempts: [unknown, object][] = [
    [editMessage, { ...there, text: 'x' }],
    [deleteMessage, there],
    [react, { ...there, emoji: '👍', on: true }],
    [pin, { ...there, on: true }],
    [markRead, { conversation: general, seq: 1 }],
    [markThreadRead, { conversation: general, root: message, replies: 1 }],
    [history, { conversation: general, from: 1, to: 10 }],
    [threadHistory, { conversation: general, root: message, from: 1, to: 10 }],
  ]
  for (const [act, input] of attempts)
    await expect(room.as(mallory, act, input)).rejects.toMatchObject({ code: 'not_found' })
  const [told] = await fetched(mallory)
  expect(told).toMatchObject({ conversations: [], removed: [general], threads: [], changes: [] })
  expect(messagesOf(await fetched(mallory))).toEqual([])
})

test('when something was last said is the time of the newest message, to the millisecond', async () => {
  await say(alice, 'one')
  await new Promise((later) => setTimeout(later, 25))
  const { at } = await say(bob, 'two')
  expect((await fetched(alice))[0]!.conversations[0]!.conversation.lastAt).toBe(at)
})
