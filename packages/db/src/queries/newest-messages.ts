import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../sql.ts'
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './message-row.ts'

/** The newest roots above the floor with an ordinal below `before`, the newest first. */
export async function newestRoots(
  connection: Queryable,
  conversation: Id,
  before: number | null,
  most: number,
): Promise<Message[]> {
  const { rows } = await connection.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.conversation_id = $1 AND m.root_id IS NULL AND m.ordinal > c.floor AND ($2::int IS NULL OR m.ordinal < $2)
     ORDER BY m.ordinal DESC LIMIT $3`,
    [conversation, before, most],
  )
  return rows.map(toMessage)
}

/** The newest replies of one thread with an ordinal below `before`, the newest first. */
export async function newestReplies(
  connection: Queryable,
  conversation: Id,
  root: Id,
  before: number | null,
  most: number,
): Promise<Message[]> {
  const { rows } = await connection.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m
     WHERE m.conversation_id = $1 AND m.root_id = $2 AND ($3::int IS NULL OR m.ordinal < $3)
     ORDER BY m.ordinal DESC LIMIT $4`,
    [conversation, root, before, most],
  )
  return rows.map(toMessage)
}
