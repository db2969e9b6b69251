import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../sql.ts'
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './message-row.ts'

type Page = { version: number; messages: Message[] }
type Row = MessageRow & { last_version: number }

/** Reads with the version of the conversation at that very moment, so that the page says how fresh it is. */
async function page(
  connection: Queryable,
  conversation: Id,
  where: string,
  values: unknown[],
): Promise<Page> {
  const { rows } = await connection.query<Row>(
    `SELECT c.last_version, ${MESSAGE_COLUMNS} FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id AND ${where}
     WHERE c.id = $1 ORDER BY m.seq`,
    [conversation, ...values],
  )
  return {
    version: rows[0]?.last_version ?? 0,
    messages: rows.filter((row) => row.id !== null).map(toMessage),
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
