import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../sql.ts'
import { MESSAGE_BYTES, MESSAGE_COLUMNS, type MessageRow, READ_BYTES, toMessage } from './message-row.ts'

/** `next`: there is more than READ_BYTES, and it is to be asked for from this ordinal on. */
type Page = { version: number; messages: Message[]; next?: number }
type Row = MessageRow & { last_version: number; next: number | null }

/**
 * Reads with the version of the conversation at that very moment, so that the page says how fresh it is. A root and its
 * replies are counted apart: of each the first is always there.
 */
async function page(
  connection: Queryable,
  conversation: Id,
  where: string,
  values: unknown[],
): Promise<Page> {
  const { rows } = await connection.query<Row>(
    `SELECT last_version, next, ${MESSAGE_COLUMNS} FROM (
       SELECT c.last_version, ${MESSAGE_COLUMNS}, lead(m.ordinal) OVER beside AS next,
         sum(${MESSAGE_BYTES}) OVER (beside ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
       FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id AND ${where}
       WHERE c.id = $1 WINDOW beside AS (PARTITION BY m.root_id ORDER BY m.seq)
     ) m
     WHERE before IS NULL OR before < ${READ_BYTES} ORDER BY seq`,
    [conversation, ...values],
  )
  const next = rows.at(-1)?.next
  return {
    version: rows[0]?.last_version ?? 0,
    messages: rows.filter((row) => row.id !== null).map(toMessage),
    ...(next && { next }),
  }
}

/** Roots with an ordinal in [from, to]. */
export const rootsBetween = (
  connection: Queryable,
  conversation: Id,
  from: number,
  to: number,
): Promise<Page> =>
  page(connection, conversation, 'm.root_id IS NULL AND m.ordinal BETWEEN $2 AND $3', [from, to])

/** The root, and its replies with an ordinal in [from, to]. */
export const threadBetween = (
  connection: Queryable,
  conversation: Id,
  root: Id,
  from: number,
  to: number,
): Promise<Page> =>
  page(connection, conversation, '(m.id = $2 OR (m.root_id = $2 AND m.ordinal BETWEEN $3 AND $4))', [
    root,
    from,
    to,
  ])

export async function messageById(connection: Queryable, conversation: Id, id: Id): Promise<Message | null> {
  const { messages } = await page(connection, conversation, 'm.id = $2', [id])
  return messages[0] ?? null
}
