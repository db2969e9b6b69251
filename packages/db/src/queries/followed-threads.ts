import type { FollowedThread, Id } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Most threads that one sync tells of; the newest come first. */
const MOST = 2_000

/** Threads that a person follows: in these conversations, or changed for them after a personal version; or one of them. */
export async function followedThreads(
  sql: Sql,
  person: Id,
  conversations: Id[],
  after: number | null,
  root: Id | null = null,
): Promise<FollowedThread[]> {
  const rows = await sql<{ conversation: Id; root: Id; replies: number; read: number; last_at: Date | null }>`
    SELECT f.conversation_id AS conversation, f.root_id AS root, m.thread_replies AS replies, f.read_replies AS read, m.thread_last_at AS last_at
    FROM thread_followers f
    JOIN messages m ON m.conversation_id = f.conversation_id AND m.id = f.root_id
    JOIN memberships s ON s.conversation_id = f.conversation_id AND s.person_id = f.person_id AND s.left_at IS NULL
    WHERE f.person_id = ${person} AND f.following AND m.thread_replies > 0
      AND (f.conversation_id = ANY (${conversations}::bigint[]) OR f.person_version > ${after}::int)
      AND (${root}::bigint IS NULL OR f.root_id = ${root}::bigint)
    ORDER BY m.thread_last_at DESC LIMIT ${MOST}`
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at?.getTime() ?? 0 }))
}

/** One followed thread as it stands. */
export async function followedThread(
  sql: Sql,
  person: Id,
  conversation: Id,
  root: Id,
): Promise<FollowedThread | null> {
  const [thread] = await followedThreads(sql, person, [conversation], null, root)
  return thread ?? null
}
