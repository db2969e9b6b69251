import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../sql.ts'
import { MESSAGE_BYTES, MESSAGE_COLUMNS, type MessageRow, READ_BYTES, toMessage } from './message-row.ts'

/** `next`: there is more than READ_BYTES, and it is to be asked for from this ordinal on. */
type Page = { version: number; messages: Message[]; next?: number }
/** Null for whoever holds the conversation, or is the system. */
type Reader = Id | null
type Row = MessageRow & { last_version: number; next: number | null }

/**
 * Reads with the version of the conversation at that very moment, so that the page says how fresh it is. A root and its
 * replies are counted apart: of each the first is always there. Null when the reader is no member at that moment: they
 * may have been removed since they were let in.
 */
async function page(
  connection: Queryable,
  reader: Reader,
  conversation: Id,
  where: string,
  values: unknown[],
): Promise<Page | null> {
  const { rows } = await connection.query<Row>(
    `SELECT last_version, next, ${MESSAGE_COLUMNS} FROM (
       SELECT c.last_version, ${MESSAGE_COLUMNS}, lead(m.ordinal) OVER beside AS next,
         sum(${MESSAGE_BYTES}) OVER (beside ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
       FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id AND ${where}
       WHERE c.id = $1 AND ($2::bigint IS NULL OR EXISTS (
         SELECT FROM memberships s WHERE s.conversation_id = c.id AND s.person_id = $2 AND s.left_at IS NULL
       ))
       WINDOW beside AS (PARTITION BY m.root_id ORDER BY m.seq)
     ) m
     WHERE before IS NULL OR before < ${READ_BYTES} ORDER BY seq`,
    [conversation, reader, ...values],
  )
  const last = rows.at(-1)
  if (!last) return null
  return {
    version: last.last_version,
    messages: rows.filter((row) => row.id !== null).map(toMessage),
    ...(last.next && { next: last.next }),
  }
}

/** Roots with an ordinal in [from, to]. */
export const rootsBetween = (
  connection: Queryable,
  reader: Reader,
  conversation: Id,
  from: number,
  to: number,
): Promise<Page | null> =>
  page(connection, reader, conversation, 'm.root_id IS NULL AND m.ordinal BETWEEN $3 AND $4', [from, to])

/** The root, and its replies with an ordinal in [from, to]. */
export const threadBetween = (
  connection: Queryable,
  reader: Reader,
  conversation: Id,
  root: Id,
  from: number,
  to: number,
): Promise<Page | null> =>
  page(connection, reader, conversation, '(m.id = $3 OR (m.root_id = $3 AND m.ordinal BETWEEN $4 AND $5))', [
    root,
    from,
    to,
  ])

export async function messageById(
  connection: Queryable,
  reader: Reader,
  conversation: Id,
  id: Id,
): Promise<Message | null> {
  const found = await page(connection, reader, conversation, 'm.id = $3', [id])
  return found?.messages[0] ?? null
}
