import type { Id } from '@parley/protocol'
import type { Queryable } from '../sql.ts'

/**
 * Makes findable what changed in each conversation between two versions, both included.
 * May be repeated and overtaken: an entry never goes back to an older version of its message. What is gone leaves an
 * empty entry, whose version keeps a job that was late from bringing the words back.
 * Angle brackets are left out, or PostgreSQL would take `Vec<String>` for a tag and not see the word in it.
 * @returns how many entries were written
 */
export async function indexMessages(
  connection: Queryable,
  changes: readonly (readonly [conversation: Id, from: number, to: number])[],
): Promise<number> {
  const { rowCount } = await connection.query({
    name: 'index_messages',
    // In one order, so that two workers wait for one another rather than deadlock.
    text: `
      INSERT INTO message_search AS s (conversation_id, message_id, seq, sender_id, version, body)
      SELECT DISTINCT ON (m.conversation_id, m.id) m.conversation_id, m.id, m.seq, m.sender_id, m.version,
        CASE WHEN m.gone IS NULL THEN to_tsvector('simple', translate(m.text, '<>', '  ')) ELSE ''::tsvector END
      FROM unnest($1::bigint[], $2::int[], $3::int[]) AS c(conversation, low, high)
      JOIN messages m ON m.conversation_id = c.conversation AND m.version BETWEEN c.low AND c.high
      ORDER BY m.conversation_id, m.id
      ON CONFLICT (conversation_id, message_id) DO UPDATE SET version = excluded.version, body = excluded.body
      WHERE s.version < excluded.version`,
    values: [changes.map(([id]) => id), changes.map(([, from]) => from), changes.map(([, , to]) => to)],
  })
  return rowCount ?? 0
}
