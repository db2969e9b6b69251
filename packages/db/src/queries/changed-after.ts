import type { Id, Message } from '@parley/protocol'
import type { Queryable } from '../sql.ts'
import { MESSAGE_BYTES, MESSAGE_COLUMNS, type MessageRow, READ_BYTES, toMessage } from './message-row.ts'

/** `version`: whoever holds `messages` holds everything up to it. */
export type Changed = { conversation: Id; version: number; messages: Message[] }
export type ChangedAfter = {
  found: Changed[]
  /** What is to be asked for again, and after which version: there is more than this answer has room for. */
  rest: [conversation: Id, version: number][]
}
/** `next`: the version of the message after it, if it was found, too. */
type Row = MessageRow & { place: number; last_version: number; next: number | null }

/**
 * What changed in each conversation after the version given, oldest change first, at most `most` a conversation and
 * READ_BYTES in all. Of those that `person` is a member of at this very moment: whoever asks may have been removed since
 * the page before.
 */
export async function changedAfter(
  connection: Queryable,
  person: Id,
  after: [Id, number][],
  most: number,
): Promise<ChangedAfter> {
  const { rows } = await connection.query<Row>(
    `SELECT place, last_version, next, ${MESSAGE_COLUMNS} FROM (
       SELECT w.place::int, c.last_version, ${MESSAGE_COLUMNS},
         lead(m.version) OVER (PARTITION BY w.place ORDER BY m.version, m.seq) AS next,
         sum(${MESSAGE_BYTES}) OVER (
           ORDER BY w.place, m.version GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
         ) AS before
       FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS w(conversation, after, place)
       JOIN conversations c ON c.id = w.conversation
       JOIN memberships s ON s.conversation_id = c.id AND s.person_id = $4 AND s.left_at IS NULL
       LEFT JOIN LATERAL (
         SELECT * FROM messages x WHERE x.conversation_id = w.conversation AND x.version > w.after ORDER BY x.version, x.seq LIMIT $3
       ) m ON true
     ) m
     WHERE before IS NULL OR before < ${READ_BYTES} ORDER BY place, version, seq`,
    [after.map(([id]) => id), after.map(([, version]) => version), most, person],
  )
  const found: Changed[] = []
  const rest: ChangedAfter['rest'] = []
  for (const [place, own] of Map.groupBy(rows, (row) => row.place)) {
    const [conversation] = after[place - 1]!
    const messages = own.filter((row) => row.id !== null).map(toMessage)
    const last = own.at(-1)!
    if (last.next !== null) {
      // of messages of one version either all are there or none
      found.push({ conversation, version: last.version, messages })
      rest.push([conversation, last.version])
    } else if (messages.length >= most) {
      const whole = cutAtWholeVersion(messages)
      found.push({ conversation, ...whole })
      rest.push([conversation, whole.version])
    } else found.push({ conversation, version: last.last_version, messages })
  }
  // of what comes behind the last one nothing is known but that there was no room for it, or that it is nobody's here
  if (rows.length > 0) rest.push(...after.slice(rows.at(-1)!.place))
  return { found, rest }
}

/** A reply and its root share a version: what was cut off must begin with a version of its own. */
function cutAtWholeVersion(messages: Message[]): Pick<Changed, 'version' | 'messages'> {
  const last = messages.at(-1)!.version
  const whole = messages.filter((m) => m.version < last)
  return { messages: whole, version: whole.at(-1)?.version ?? last }
}
