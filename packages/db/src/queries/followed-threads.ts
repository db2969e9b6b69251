import type { FollowedThread, Id } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Most threads that one sync tells of; the newest come first. */
const MOST = 2_000

/** Threads in these conversations (null: in all that the person is a member of), or changed for them after that version. */
export type AskedThreads = { person: Id; conversations: Id[] | null; after: number }
type Row = { conversation: Id; root: Id; replies: number; read: number; last_at: Date | null }

/** Threads that each person follows: of the first ones that were asked about, and of all if that is not much. */
export async function followedThreads(sql: Sql, asked: AskedThreads[]): Promise<FollowedThread[][]> {
  const people = asked.map(({ person }) => person)
  const conversations = asked.map((one) => one.conversations && `{${one.conversations.join(',')}}`)
  const after = asked.map((one) => one.after)
  const rows = await sql<{ asked: number } & (Row | { conversation: null })>`
    SELECT asked, conversation, root, replies, read, last_at
    FROM followed_threads(${people}, ${conversations}, ${after}, ${MOST}, ${MOST})`
  const all: FollowedThread[][] = Array.from({ length: rows.at(-1)!.asked }, () => [])
  for (const row of rows) if (row.conversation !== null) all[row.asked - 1]!.push(toThread(row))
  return all
}

/** One followed thread as it stands. */
export async function followedThread(
  sql: Sql,
  person: Id,
  conversation: Id,
  root: Id,
): Promise<FollowedThread | null> {
  const [row] = await sql<Row>`
    SELECT f.conversation_id AS conversation, f.root_id AS root, m.thread_replies AS replies, f.read_replies AS read, m.thread_last_at AS last_at
    FROM thread_followers f
    JOIN messages m ON m.conversation_id = f.conversation_id AND m.id = f.root_id
    JOIN memberships s ON s.conversation_id = f.conversation_id AND s.person_id = f.person_id AND s.left_at IS NULL
    WHERE f.conversation_id = ${conversation} AND f.root_id = ${root} AND f.person_id = ${person}
      AND f.following AND m.thread_replies > 0`
  return row ? toThread(row) : null
}

const toThread = ({ conversation, root, replies, read, last_at }: Row): FollowedThread => ({
  ...{ conversation, root, replies, read },
  lastAt: last_at?.getTime() ?? 0,
})
