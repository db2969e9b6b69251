import { type Database, openDatabase } from '@parley/db'
import { changedAfter } from '@parley/db/queries/changed-after'
import { threadBetween } from '@parley/db/queries/messages'
import { myConversations } from '@parley/db/queries/my-conversations'
import { sendMessages } from '@parley/db/queries/send-messages'
import { compareIds, idSource, timeOf, unreadOf } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../../tests/support/index.ts'
import { ImportStopped, runImport, type SlackExport, scanExport } from '../../src/import/index.ts'
import { at, type Described, memoryExport, person, said } from './memory-export.ts'

const operator = { kind: 'system', name: 'test' } as const
const newId = idSource(1_023)

let database: TestDatabase
let db: Database
beforeEach(async () => {
  database = await testDatabase()
  db = openDatabase(database.url, { max: 3 })
})
afterEach(async () => {
  await db.close()
  await database.drop()
})

async function importIt(source: SlackExport, into: Pick<Database, 'sql' | 'transaction'> = db) {
  const scan = await scanExport(source, { unknownPeople: 'placeholder', now: Date.now() })
  expect(scan.report.problems).toEqual([])
  return runImport({ db: into as Database, newId }, operator, source, scan)
}

const people = [
  person('UALICE', { displayName: 'Alice', email: 'alice@example.org' }),
  person('UBOB', { displayName: 'Bob', email: 'bob@example.org', timeZone: 'Europe/Berlin' }),
  person('UGONE', { displayName: 'Gone', deleted: true }),
]
const general: Described = {
  id: 'CGENERAL',
  name: 'general',
  creator: 'UALICE',
  topic: 'All &amp; everything',
  members: ['UALICE', 'UBOB'],
  messages: {
    '2020-01-01': [
      said(1, 'UALICE', 'first words, for <@UBOB>', {
        threadTs: at(1),
        reactions: [{ name: 'tada', users: ['UBOB'] }],
      }),
      said(2.5, 'UBOB', 'an *answer*', { threadTs: at(1) }),
      said(3, 'UGONE', 'I leave', { editedAt: 1_577_836_900_000 }),
    ],
    '2020-03-01': [
      said(60 * 86_400, 'UALICE', 'a late answer', { threadTs: at(1) }),
      said(60 * 86_400 + 0.0001, null, 'green', { subtype: 'bot_message', bot: { id: 'B1', name: 'CI' } }),
    ],
  },
}
const direct: Described = {
  id: 'DAB',
  kind: 'direct',
  members: ['UALICE', 'UBOB'],
  messages: { '2020-01-01': [said(10, 'UBOB', 'just us')] },
}
const small = () => memoryExport(people, [general, direct])

const idOf = async (key: string): Promise<string> => {
  const [row] = await db.sql<{ id: string }>`
    SELECT id FROM people WHERE import_key = ${key} UNION ALL SELECT id FROM conversations WHERE import_key = ${key}`
  return row!.id
}
const messagesOf = async (key: string) => {
  const { found } = await changedAfter(
    db.connection,
    await idOf('slack:UBOB'),
    [[await idOf(key), 0]],
    10_000,
  )
  return found[0]!.messages
}

describe('an imported channel', () => {
  test('has every message in its old order, with its old time in its id and row', async () => {
    await importIt(small())
    const messages = await messagesOf('slack:CGENERAL')
    const bob = await idOf('slack:UBOB')
    expect(messages.map(({ seq, version, ordinal, at, text }) => [seq, version, ordinal, at, text])).toEqual([
      [1, 1, 1, at(1) / 1_000, `first words, for <@${bob}>`],
      [2, 2, 1, at(2.5) / 1_000, 'an **answer**'],
      [3, 3, 2, at(3) / 1_000, 'I leave'],
      [4, 4, 2, at(60 * 86_400) / 1_000, 'a late answer'],
      [5, 5, 3, at(60 * 86_400) / 1_000, 'green'],
    ])
    const ids = messages.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort(compareIds))
    expect(ids.map(timeOf)).toEqual(messages.map((message) => message.at))
    expect(messages[2]?.editedAt).toBe(1_577_836_900_000)
    expect(messages[0]?.reactions).toEqual([{ emoji: 'tada', people: [bob] }])
    expect(messages[0]?.mentions).toEqual([bob])
  })

  test('is in the figures of days that were counted before it came', async () => {
    const yesterday = Date.now() - 86_400_000
    const day = new Date(yesterday).toISOString().slice(0, 10)
    await db.sql`INSERT INTO daily_figures (day, messages, writers) VALUES (${day}::date, 1, 5)`
    const since2020 = yesterday / 1_000 - at(0) / 1_000_000
    const late = {
      ...general,
      messages: { [day]: [1, 2, 3].map((n) => said(since2020 + n / 1_000, 'UALICE', 'late')) },
    }
    await importIt(memoryExport(people, [late]))
    expect(await db.sql`SELECT messages, writers FROM daily_figures`).toEqual([{ messages: 3, writers: 5 }])
  })

  test('has its threads, each root knowing its replies', async () => {
    await importIt(small())
    const [root] = await messagesOf('slack:CGENERAL')
    const [alice, bob] = [await idOf('slack:UALICE'), await idOf('slack:UBOB')]
    expect(root?.thread).toEqual({ replies: 2, lastAt: at(60 * 86_400) / 1_000, people: [bob, alice] })
    const thread = await threadBetween(db.connection, null, root!.conversation, root!.id, 1, 10)
    expect(thread?.messages.map(({ text }) => text).slice(1)).toEqual(['an **answer**', 'a late answer'])
  })

  test('is read by its members, threads too; mentions are counted as seen', async () => {
    await importIt(small())
    for (const key of ['slack:UALICE', 'slack:UBOB']) {
      const mine = await myConversations(db.sql, await idOf(key))
      expect(mine.map(({ conversation, membership }) => unreadOf(conversation, membership))).toEqual([0, 0])
      expect(mine.flatMap(({ membership }) => membership.mentionSeqs)).toEqual([])
    }
    const followed = await db.sql<{ key: string; unread: number }>`
      SELECT p.import_key AS key, m.thread_replies - f.read_replies AS unread FROM thread_followers f
      JOIN people p ON p.id = f.person_id JOIN messages m ON m.conversation_id = f.conversation_id AND m.id = f.root_id
      WHERE f.following ORDER BY 1`
    expect(followed).toEqual([
      { key: 'slack:UALICE', unread: 0 },
      { key: 'slack:UBOB', unread: 0 },
    ])
  })

  test('has exact counters, and goes on where the history ends', async () => {
    await importIt(small())
    const [conversation, alice] = [await idOf('slack:CGENERAL'), await idOf('slack:UALICE')]
    const counters = () => db.sql<{
      last_seq: number
      last_version: number
      roots: number
      member_count: number
    }>`
      SELECT last_seq, last_version, roots, member_count FROM conversations WHERE id = ${conversation}`
    expect(await counters()).toEqual([{ last_seq: 5, last_version: 6, roots: 3, member_count: 2 }])

    const [root] = await messagesOf('slack:CGENERAL')
    const send = (root: string | null) => ({
      ...{ conversation, sender: alice, client: crypto.randomUUID(), id: newId(), root },
      ...{ text: 'hello again', mentions: [], files: [] },
    })
    const { messages } = await sendMessages(db.writer, [send(null), send(root!.id)])
    expect(messages.map(({ status, seq, ordinal }) => [status, seq, ordinal])).toEqual([
      ['new', 6, 4],
      ['new', 7, 3],
    ])
  })

  test('can be searched', async () => {
    await importIt(small())
    const found = await db.sql<{ seq: number }>`
      SELECT seq FROM message_search WHERE conversation_id = ${await idOf('slack:CGENERAL')}
        AND body @@ to_tsquery('simple', 'answer') ORDER BY seq`
    expect(found.map(({ seq }) => seq)).toEqual([2, 4])
  })

  test('gives way to a channel that has its name', async () => {
    await db.sql`INSERT INTO conversations (id, kind, name, created_by) VALUES (7, 'private', 'General', 1)`
    const { renamed } = await importIt(small())
    expect(renamed).toEqual([{ from: 'general', to: 'general-slack' }])
  })
})

describe('imported people', () => {
  test('cannot sign in before somebody invites them, and keep what the export knew', async () => {
    await importIt(small())
    const rows = await db.sql`
      SELECT name, email, kind, role, status, timezone, password_hash FROM people ORDER BY name`
    const common = { role: 'member', password_hash: null }
    expect(rows).toEqual([
      {
        ...common,
        name: 'Alice',
        email: 'alice@example.org',
        kind: 'person',
        status: 'imported',
        timezone: 'UTC',
      },
      {
        ...common,
        name: 'Bob',
        email: 'bob@example.org',
        kind: 'person',
        status: 'imported',
        timezone: 'Europe/Berlin',
      },
      { ...common, name: 'CI', email: null, kind: 'bot', status: 'imported', timezone: 'UTC' },
      { ...common, name: 'Gone', email: null, kind: 'person', status: 'deactivated', timezone: 'UTC' },
    ])
  })

  test('who are here already are themselves, and hear of their new channels', async () => {
    await db.sql`INSERT INTO people (id, name, email, role) VALUES (42, 'Alice A.', 'Alice@Example.org', 'owner')`
    const { people } = await importIt(small())
    expect(people).toEqual({ added: 3, linked: 1 })
    const [first] = await messagesOf('slack:CGENERAL')
    expect(first?.sender).toBe('42')
    expect(await db.sql`SELECT name, role, status FROM people WHERE id = 42`).toEqual([
      { name: 'Alice A.', role: 'owner', status: 'active' },
    ])
    const told = await db.sql<{ payload: string }>`SELECT payload FROM outbox ORDER BY id`
    expect(told.map(({ payload }) => JSON.parse(payload))).toEqual([
      { people: [['42', 1]] },
      { people: [['42', 2]] },
    ])
    expect((await myConversations(db.sql, '42')).map(({ personVersion }) => personVersion).sort()).toEqual([
      1, 2,
    ])
  })

  test('keep a direct conversation that they have here', async () => {
    await importIt(memoryExport(people, [general]))
    const pair = [await idOf('slack:UALICE'), await idOf('slack:UBOB')].sort(compareIds)
    await db.sql`INSERT INTO conversations (id, kind, direct_key, people, created_by)
      VALUES (7, 'direct', ${pair.join(',')}, ${pair}, 1)`
    const { conversations } = await importIt({ ...small(), fingerprint: 'another' })
    expect(conversations).toEqual({ added: 0, here: 1, taken: 1 })
  })
})

/** Everything that people can see, with nothing in it that depends on when it was written. */
async function everything() {
  const tables = [
    'conversations',
    'memberships',
    'messages',
    'mentions',
    'thread_followers',
    'message_search',
    'person_state',
  ]
  const rows: Record<string, unknown[]> = {}
  for (const table of tables) {
    const { rows: found } = await db.connection.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)
    rows[table] = found.map((one: { row: string }) => one.row)
  }
  rows.people = await db.sql`SELECT id, name, email, status, import_key FROM people ORDER BY id`
  return rows
}

describe('running it again', () => {
  test('adds nothing', async () => {
    await importIt(small())
    const before = await everything()
    const again = await importIt(small())
    expect(again).toMatchObject({ before: 'already', messages: 0, people: { added: 0, linked: 0 } })
    expect(await everything()).toEqual(before)
  })

  test('from another export of the same workspace leaves what is here and adds what is not', async () => {
    await importIt(memoryExport(people, [general]))
    const again = await importIt({ ...small(), fingerprint: 'another' })
    expect(again).toMatchObject({
      messages: 1,
      people: { added: 0 },
      conversations: { added: 1, here: 1, taken: 0 },
    })
  })

  test('leaves an audit event for its beginning and its end, and none without them', async () => {
    await importIt(small())
    await importIt(small())
    const events = await db.sql<{
      action: string
      after: object
    }>`SELECT action, after FROM audit_events ORDER BY id`
    expect(events.map(({ action }) => action)).toEqual(['import.started', 'import.finished'])
    expect(events[1]?.after).toMatchObject({ messages: 6, people: { added: 4, linked: 0 } })
  })
})

describe('an import that is interrupted', () => {
  /** 4,500 messages make three batches; every third is a reply. */
  const large = () => {
    const messages = Array.from({ length: 4_500 }, (_, n) =>
      said(n, n % 2 ? 'UALICE' : 'UBOB', `message ${n}`, n % 3 === 2 ? { threadTs: at(n - 2) } : {}),
    )
    return memoryExport(people, [{ ...general, messages: { '2020-01-01': messages } }, direct])
  }
  class Killed extends Error {}

  /** The database of a process that dies after so many transactions; `commits`: whether the last one came through. */
  const dyingAfter = (steps: number, commits: boolean): Pick<Database, 'sql' | 'transaction'> => {
    let left = steps
    return {
      sql: db.sql,
      transaction: async (work) => {
        if (left-- > 0) return db.transaction(work)
        if (commits) await db.transaction(work)
        throw new Killed()
      },
    }
  }

  test('at any of its steps goes on there, and ends as if nothing had happened', {
    timeout: 120_000,
  }, async () => {
    await importIt(large())
    const undisturbed = await everything()
    for (const commits of [false, true])
      for (let steps = 0; steps < 30; steps += 1) {
        await db.connection.query(
          `ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
           TRUNCATE imports, audit_events, people, person_state, conversations, memberships, messages, mentions, thread_followers, message_search, outbox`,
        )
        let killed = false
        await importIt(large(), dyingAfter(steps, commits)).catch((error) => {
          if (!(error instanceof Killed)) throw error
          killed = true
        })
        if (!killed) {
          expect(steps).toBeGreaterThan(5)
          break
        }
        await importIt(large())
        expect(await everything()).toEqual(undisturbed)
      }
  })

  test('shows nobody half a channel', async () => {
    await expect(importIt(large(), dyingAfter(4, true))).rejects.toThrow(Killed)
    expect(await db.sql`SELECT count(*)::int AS written FROM messages`).not.toEqual([{ written: 0 }])
    expect(await db.sql`SELECT name FROM conversations`).toEqual([])
    expect(await db.sql`SELECT person_id FROM memberships`).toEqual([])
  })

  test('and never taken up again is no obstacle to a mended export', async () => {
    await expect(importIt(large(), dyingAfter(4, true))).rejects.toThrow(Killed)
    await importIt({ ...small(), fingerprint: 'mended' })
    expect((await messagesOf('slack:CGENERAL')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(await db.sql`SELECT count(*)::int AS found FROM message_search`).toEqual([{ found: 6 }])
  })

  test('cannot be disturbed by a second process at the same import', async () => {
    let second: Promise<unknown> | undefined
    const first = importIt(large(), {
      sql: db.sql,
      transaction: async (work) => {
        const result = await db.transaction(work)
        second ??= importIt(large())
        await second.catch(() => {})
        return result
      },
    })
    await expect(first).rejects.toThrow(ImportStopped)
    expect(await second).toMatchObject({ messages: 4_501 })
  })

  test('goes on only as it was begun', async () => {
    const source = large()
    await expect(importIt(source, dyingAfter(4, true))).rejects.toThrow(Killed)
    const scan = await scanExport(source, { unknownPeople: 'skip' })
    await expect(runImport({ db, newId }, operator, source, scan)).rejects.toThrow(
      'begun with --unknown-people=placeholder',
    )
  })
})
