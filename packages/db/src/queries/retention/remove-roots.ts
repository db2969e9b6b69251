import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'
import { type RemovedFile, removeTraces } from './remove-traces.ts'

/** What went. Messages that had expired before are not counted again. */
export type Removed = { messages: number; threads: number; files: RemovedFile[] }

/** Removes roots with their whole threads. The caller holds the conversation and moves its floor past them. */
export async function removeRoots(sql: Sql, conversation: Id, roots: Id[]): Promise<Removed> {
  const replies = await sql<{ id: Id }>`
    SELECT id FROM messages WHERE conversation_id = ${conversation} AND root_id = ANY (${roots}::bigint[])`
  const all = [...roots, ...replies.map(({ id }) => id)]
  const files = await removeTraces(sql, conversation, all)
  await sql`DELETE FROM thread_followers WHERE conversation_id = ${conversation} AND root_id = ANY (${roots}::bigint[])`
  const [gone] = await sql<{ messages: number; threads: number }>`
    WITH removed AS (
      DELETE FROM messages WHERE conversation_id = ${conversation} AND id = ANY (${all}::bigint[])
      RETURNING root_id, gone, thread_replies
    )
    SELECT count(*) FILTER (WHERE gone IS DISTINCT FROM 'expired')::int AS messages,
      count(*) FILTER (WHERE gone IS DISTINCT FROM 'expired' AND thread_replies > 0)::int AS threads
    FROM removed`
  return { messages: gone!.messages, threads: gone!.threads, files }
}

/** Moves the floor, with the conversation's next version. */
export async function moveFloor(sql: Sql, conversation: Id, floor: number): Promise<number> {
  const [row] = await sql<{ last_version: number }>`
    UPDATE conversations SET floor = ${floor}, last_version = last_version + 1 WHERE id = ${conversation} RETURNING last_version`
  return row!.last_version
}
