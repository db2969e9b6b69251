import type { Sql } from '@parley/db'
import { commitLazily } from '@parley/db/queries/import/commit-lazily'
import {
  type ImportedConversation,
  insertImportedConversation,
  insertImportedMembers,
} from '@parley/db/queries/import/conversations'
import { type ImportedFollower, insertImportedFollowers } from '@parley/db/queries/import/followers'
import { removeImportLeftovers } from '@parley/db/queries/import/leftovers'
import { type ImportedRow, insertImportedMessages } from '@parley/db/queries/import/messages'
import { ensurePartitions } from '@parley/db/queries/import/partitions'
import { activePeople } from '@parley/db/queries/import/people'
import { indexImportedMessages } from '@parley/db/queries/import/search-entries'
import { takePersonalVersions } from '@parley/db/queries/take-personal-versions'
import type { Id } from '@parley/protocol'
import type { OutboxPayload } from '../publication.ts'
import type { ImportRun } from './import-context.ts'
import { type Numbering, numberedRows } from './numbered-rows.ts'
import type { Outline } from './outline.ts'
import type { PlannedConversation } from './plan-conversation.ts'

/** A transaction is closed at whichever comes first. */
const BATCH_MESSAGES = 2_000
const BATCH_CHARACTERS = 4_000_000

/**
 * Writes the history of one conversation in batches, each a transaction of its own, and goes on after the last
 * batch when an earlier run was interrupted. Nobody sees any of it until `publishConversation`.
 * `written` hears how many messages each batch added.
 */
export async function writeMessages(
  run: ImportRun,
  planned: PlannedConversation,
  numbering: Numbering,
  written: (messages: number) => void,
): Promise<void> {
  const resumed = run.progress.conversation === planned.key ? run.progress.seq : 0
  if (resumed === 0)
    await run.step({ conversation: planned.key, seq: 0 }, async (tx) => {
      await removeImportLeftovers(tx.sql, planned.id)
      await ensurePartitions(tx.sql, monthsOf(numbering.outline))
    })
  let batch = emptyBatch()
  let writing = Promise.resolve()
  /** The next batch is read and converted while the database writes this one; never more than these two. */
  const flush = async () => {
    const full = batch
    batch = emptyBatch()
    await writing
    writing = writeBatch(run, planned.id, full).then(() => written(full.rows.length))
    // Told by whoever awaits it next.
    writing.catch(() => {})
  }
  for await (const { row, followers } of numberedRows(numbering)) {
    if (row.seq <= resumed) continue
    batch.rows.push(row)
    batch.followers.push(...followers)
    batch.characters += row.text.length
    if (batch.rows.length >= BATCH_MESSAGES || batch.characters >= BATCH_CHARACTERS) await flush()
  }
  if (batch.rows.length > 0) await flush()
  await writing
}

type Batch = { readonly rows: ImportedRow[]; readonly followers: ImportedFollower[]; characters: number }
const emptyBatch = (): Batch => ({ rows: [], followers: [], characters: 0 })

const writeBatch = (run: ImportRun, conversation: Id, { rows, followers }: Batch): Promise<void> =>
  run.step(
    { seq: rows.at(-1)!.seq, messages: run.progress.messages + rows.length },
    async ({ connection }) => {
      await commitLazily(connection)
      await insertImportedMessages(connection, conversation, rows)
      await insertImportedFollowers(connection, conversation, followers)
      await indexImportedMessages(connection, conversation, rows[0]!.seq, rows.at(-1)!.seq)
    },
  )

/** One time in each month (UTC) that has messages. Times in Unix milliseconds. */
function monthsOf({ times }: Outline): number[] {
  const months = new Map<string, number>()
  for (const ts of times) {
    const at = Math.floor(ts / 1_000)
    months.set(new Date(at).toISOString().slice(0, 7), at)
  }
  return [...months.values()]
}

/** Lets people see a conversation, with all of its history and members who have read it. */
export function publishConversation(
  run: ImportRun,
  conversation: ImportedConversation,
  members: readonly { person: Id; role: 'owner' | 'member' }[],
): Promise<void> {
  return run.step({ conversation: null, seq: 0 }, async ({ sql }) => {
    await insertImportedConversation(sql, conversation)
    const versions = await takePersonalVersions(
      sql,
      members.map(({ person }) => person),
    )
    await insertImportedMembers(
      sql,
      conversation,
      members.map((member) => ({ ...member, personVersion: versions.get(member.person)! })),
    )
    await tellThoseHere(sql, versions)
  })
}

/** People who use Parley already may be connected: the outbox relay tells them to fetch what is new for them. */
async function tellThoseHere(sql: Sql, versions: ReadonlyMap<Id, number>): Promise<void> {
  const here = await activePeople(sql, [...versions.keys()])
  if (here.length === 0) return
  const payload: OutboxPayload = { people: here.map((person) => [person, versions.get(person)!]) }
  await sql`INSERT INTO outbox (payload) VALUES (${JSON.stringify(payload)})`
}
