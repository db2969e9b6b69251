import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

/** Why somebody is told, the strongest reason first. */
export type NotificationReason = 'mention' | 'direct' | 'thread' | 'everyone'
export type ToTell = {
  person: Id
  conversation: Id
  message: Id
  seq: number
  reason: NotificationReason
}

/**
 * Whom the messages concern that were sent in these versions: by name, as a participant, as a follower of the thread, or
 * as one of everybody in the channel. Not their senders, nobody who has read them already, and of those who muted the
 * conversation only whom a message names. What was imported, edited or is gone concerns nobody.
 *
 * sent_messages tells which version a message was sent with, however often it has changed since. Each reason is looked
 * up by a key of its own: a plain message in a channel of ten thousand touches none of its members.
 */
export async function whomToTell(
  connection: Queryable,
  changes: readonly (readonly [conversation: Id, from: number, to: number])[],
): Promise<ToTell[]> {
  const { rows } = await connection.query<ToTell>({
    name: 'whom_to_tell',
    text: STATEMENT,
    values: [changes.map(([id]) => id), changes.map(([, from]) => from), changes.map(([, , to]) => to)],
  })
  return rows
}

const STATEMENT = `
  WITH sent AS MATERIALIZED (
    SELECT DISTINCT ON (m.conversation_id, m.id) m.conversation_id AS conversation, m.id, m.seq, m.ordinal, m.root_id AS root, m.sender_id AS sender, m.mentions,
      k.kind IN ('direct', 'group') AS few
    FROM unnest($1::bigint[], $2::int[], $3::int[]) AS c(conversation, low, high)
    JOIN conversations k ON k.id = c.conversation
    JOIN messages m ON m.conversation_id = c.conversation AND m.version >= c.low AND m.gone IS NULL
    JOIN sent_messages s ON s.conversation_id = m.conversation_id AND s.sender_id = m.sender_id AND s.client_id = m.client_id
    WHERE s.message_id = m.id AND s.version BETWEEN c.low AND c.high
  ), concerned AS (
    SELECT t.id, p AS person, 1 AS strength, 'mention' AS reason FROM sent t, unnest(t.mentions) AS p WHERE p <> 0
    UNION ALL
    SELECT t.id, m.person_id, 2, 'direct' FROM sent t JOIN memberships m ON m.conversation_id = t.conversation WHERE t.few
    UNION ALL
    SELECT t.id, f.person_id, 3, 'thread' FROM sent t
      JOIN thread_followers f ON f.conversation_id = t.conversation AND f.root_id = t.root AND f.following
    UNION ALL
    SELECT t.id, m.person_id, 4, 'everyone' FROM sent t JOIN memberships m ON m.conversation_id = t.conversation
    WHERE 0 = ANY (t.mentions) AND NOT t.few
  )
  SELECT DISTINCT ON (c.person, t.id) c.person, t.conversation, t.id AS message, t.seq, c.reason
  FROM concerned c
  JOIN sent t ON t.id = c.id AND t.sender <> c.person
  JOIN memberships s ON s.conversation_id = t.conversation AND s.person_id = c.person AND s.left_at IS NULL
  JOIN people p ON p.id = c.person AND p.status = 'active' AND p.kind = 'person'
  LEFT JOIN thread_followers f ON f.conversation_id = t.conversation AND f.root_id = t.root AND f.person_id = c.person AND f.following
  WHERE (NOT s.muted OR c.reason = 'mention')
    AND NOT (CASE WHEN t.root IS NULL THEN s.read_seq >= t.seq
      ELSE coalesce(f.read_replies >= t.ordinal, false) OR (c.reason <> 'thread' AND s.read_seq >= t.seq) END)
  ORDER BY c.person, t.id, c.strength`
