import { generateKeySync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { diskStore } from '@parley/adapters/blob/disk'
import { sendMessages } from '@parley/db/queries/send-messages'
import { type Actor, perform } from '@parley/domain'
import { runRetention, setPolicy, startRun } from '@parley/domain/retention/index'
import { type Id, idAt, mentionsIn } from '@parley/protocol'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

export const DAY = 86_400_000

export type World = Awaited<ReturnType<typeof openWorld>>

/** An office that has talked for a while: alice and bob in #general, dan who administers, erin who audits. */
export async function openWorld(over: Parameters<typeof testDeps>[0] = {}) {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-retention-'))
  const blobs = diskStore({
    url: 'http://127.0.0.1:9',
    dir,
    signingKey: generateKeySync('hmac', { length: 256 }),
  })
  const world: TestDeps = await testDeps({ blobs, ...over })
  const { db, deps } = world
  const [alice, bob, dan, erin, mallory] = await Promise.all([
    someone(world, 'alice'),
    someone(world, 'bob'),
    someone(world, 'dan', 'administrator'),
    someone(world, 'erin', 'auditor'),
    someone(world, 'mallory'),
  ])
  await db.sql`SELECT ensure_message_partitions(now() - interval '400 days', now())`
  let counter = 0

  async function channel(name: string | null, members: Someone[], kind = 'public'): Promise<Id> {
    const id = deps.newId()
    await db.sql`
      INSERT INTO conversations (id, kind, name, created_by, member_count, people)
      VALUES (${id}, ${kind}, ${name}, ${alice.id}, ${members.length}, ${kind === 'direct' ? members.map((m) => m.id) : []}::bigint[])`
    for (const { id: person } of members)
      await db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${id}, ${person})`
    return id
  }

  /** A message of so many days ago, numbered and counted as every other. */
  async function said(
    conversation: Id,
    who: Someone,
    daysAgo: number,
    text: string,
    more: { root?: Id; files?: Id[] } = {},
  ): Promise<Id> {
    const id = idAt(world.clock.now.getTime() - daysAgo * DAY, 1, counter++ % 4096)
    const message = { conversation, sender: who.id, client: crypto.randomUUID(), id, text }
    const sent = await sendMessages(db.connection, [
      { ...message, root: more.root ?? null, mentions: mentionsIn(text), files: more.files ?? [] },
    ])
    const { status } = sent.messages[0]!
    if (status !== 'new') throw new Error(`not sent: ${status}`)
    return id
  }

  /** A stored file with a thumbnail, for its uploader to attach. */
  async function file(conversation: Id, who: Someone, size: number): Promise<{ id: Id; keys: string[] }> {
    const id = deps.newId()
    const keys = [`files/${id}`, `thumbnails/${id}`]
    for (const key of keys) await blobs.write(key, randomBytes(size), { type: 'application/octet-stream' })
    await db.sql`
      INSERT INTO files (id, conversation_id, uploader_id, name, declared_type, size, state, key, thumbnail_key)
      VALUES (${id}, ${conversation}, ${who.id}, 'plan.png', 'image/png', ${size}, 'stored', ${keys[0]}, ${keys[1]})`
    return { id, keys }
  }

  // biome-ignore lint/suspicious/noExplicitAny: acts of every shape
  const as = (actor: Actor, act: any, input: unknown = {}): Promise<any> => perform(act, actor, input, deps)
  const keep = (days: number | null | 'organisation', conversation: Id | null = null, was: unknown = null) =>
    as(dan, setPolicy, { conversation, keep: days, was })

  return {
    ...world,
    blobs,
    people: { alice, bob, dan, erin, mallory },
    channel,
    said,
    file,
    as,
    keep,
    /** dan runs it now, and the worker does its part. */
    async purge(): Promise<Id> {
      const { run } = await as(dan, startRun)
      await runRetention(deps, { run })
      return run
    },
    async texts(conversation: Id): Promise<string[]> {
      const rows = await db.sql<{ text: string; gone: string | null }>`
        SELECT text, gone FROM messages WHERE conversation_id = ${conversation} ORDER BY seq`
      return rows.map((row) => (row.gone ? `(${row.gone})` : row.text))
    },
    async floor(conversation: Id): Promise<number> {
      return (await db.sql<{ floor: number }>`SELECT floor FROM conversations WHERE id = ${conversation}`)[0]!
        .floor
    },
    async close() {
      await world.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const mention = (who: Someone | 'everyone') => (who === 'everyone' ? '<!channel>' : `<@${who.id}>`)
