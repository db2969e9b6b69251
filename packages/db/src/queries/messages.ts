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

export type Changed = { conversation: Id; version: number; complete: boolean; messages: Message[] }

/**
 * What changed in each conversation after the version given, oldest change first, at most `most` a conversation. Of
 * those that `person` is a member of at this very moment: whoever asks may have been removed since the page before.
 * `version`: whoever holds `messages` holds everything up to it. `complete`: there is no more.
 */
export async function changedAfter(
  connection: Queryable,
  person: Id,
  after: [Id, number][],
  most: number,
): Promise<Changed[]> {
  const { rows } = await connection.query<Row & { wanted: Id }>(
    `SELECT w.conversation AS wanted, c.last_version, ${MESSAGE_COLUMNS}
     FROM unnest($1::bigint[], $2::int[]) AS w(conversation, after)
     JOIN conversations c ON c.id = w.conversation
     JOIN memberships s ON s.conversation_id = c.id AND s.person_id = $4 AND s.left_at IS NULL
     LEFT JOIN LATERAL (
       SELECT * FROM messages x WHERE x.conversation_id = w.conversation AND x.version > w.after ORDER BY x.version, x.seq LIMIT $3
     ) m ON true`,
    [after.map(([id]) => id), after.map(([, version]) => version), most, person],
  )
  const found = new Map<Id, Changed>()
  for (const row of rows) {
    const changed = found.get(row.wanted) ?? {
      conversation: row.wanted,
      version: row.last_version,
      complete: true,
      messages: [],
    }
    found.set(row.wanted, changed)
    if (row.id !== null) changed.messages.push(toMessage(row))
  }
  for (const changed of found.values()) if (changed.messages.length >= most) cutAtWholeVersion(changed)
  return [...found.values()]
}

/** A reply and its root share a version: what was cut off must begin with a version of its own. */
function cutAtWholeVersion(changed: Changed): void {
  const last = changed.messages.at(-1)!.version
  const whole = changed.messages.filter((m) => m.version < last)
  changed.complete = false
  changed.messages = whole
  changed.version = whole.at(-1)?.version ?? last
}
