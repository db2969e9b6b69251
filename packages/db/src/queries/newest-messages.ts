import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../sql.ts'
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './message-row.ts'

const BY_MEMBER =
  'JOIN memberships s ON s.conversation_id = m.conversation_id AND s.person_id = $2 AND s.left_at IS NULL'

/**
 * The newest roots above the floor with an ordinal below `before`, the newest first. Nothing for whoever is no member by
 * the time they are read.
 */
export async function newestRoots(
  connection: Queryable,
  reader: Id,
  conversation: Id,
  before: number | null,
  most: number,
): Promise<Message[]> {
  const { rows } = await connection.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     ${BY_MEMBER}
     WHERE m.conversation_id = $1 AND m.root_id IS NULL AND m.ordinal > c.floor AND ($3::int IS NULL OR m.ordinal < $3)
     ORDER BY m.ordinal DESC LIMIT $4`,
    [conversation, reader, before, most],
  )
  return rows.map(toMessage)
}

/** The newest replies of one thread with an ordinal below `before`, the newest first. */
export async function newestReplies(
  connection: Queryable,
  reader: Id,
  conversation: Id,
  root: Id,
  before: number | null,
  most: number,
): Promise<Message[]> {
  const { rows } = await connection.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m ${BY_MEMBER}
     WHERE m.conversation_id = $1 AND m.root_id = $3 AND ($4::int IS NULL OR m.ordinal < $4)
     ORDER BY m.ordinal DESC LIMIT $5`,
    [conversation, reader, root, before, most],
  )
  return rows.map(toMessage)
}
