import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from '../message-row.ts'

/** Messages below the cut-off, and after the one named, that still say something. The caller holds the conversation. */
export async function unexpired(
  connection: Queryable,
  conversation: Id,
  { cutoff, after, most }: { cutoff: Id; after: Id; most: number },
): Promise<Message[]> {
  const { rows } = await connection.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m
     WHERE m.conversation_id = $1 AND m.id < $2 AND m.id > $3 AND m.gone IS DISTINCT FROM 'expired' ORDER BY m.id LIMIT $4`,
    [conversation, cutoff, after, most],
  )
  return rows.map(toMessage)
}

/**
 * Leaves a tombstone in the place of each message, with a version of its own.
 * @returns the messages as they are now, in the order given
 */
export async function expireMessages(
  connection: Queryable,
  conversation: Id,
  messages: Message[],
): Promise<Message[]> {
  const {
    rows: [taken],
  } = await connection.query<{ last_version: number }>(
    'UPDATE conversations SET last_version = last_version + $2 WHERE id = $1 RETURNING last_version',
    [conversation, messages.length],
  )
  const before = taken!.last_version - messages.length
  await connection.query(
    `UPDATE messages m SET version = $3::int + t.place, text = '', mentions = '{}', edited_at = NULL, gone = 'expired', pinned = false,
       reactions = NULL, files = NULL
     FROM unnest($2::bigint[]) WITH ORDINALITY AS t(id, place) WHERE m.conversation_id = $1 AND m.id = t.id`,
    [conversation, messages.map((m) => m.id), before],
  )
  return messages.map((message, i) => ({
    ...message,
    version: before + i + 1,
    text: '',
    mentions: [],
    editedAt: null,
    gone: 'expired',
    pinned: false,
    reactions: [],
    files: [],
  }))
}
