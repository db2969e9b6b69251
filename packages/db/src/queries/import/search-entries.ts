import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

/** Makes a batch findable, as the worker does with a message that was just sent. `from`, `to`: seqs, both included; what is imported has them
 * as its versions. */
export async function indexImportedMessages(
  connection: Queryable,
  conversation: Id,
  from: number,
  to: number,
): Promise<void> {
  await connection.query({
    name: 'index_imported_messages',
    text: `
      INSERT INTO message_search (conversation_id, message_id, seq, sender_id, version, body)
      SELECT conversation_id, id, seq, sender_id, version, to_tsvector('simple', translate(text, '<>', '  '))
      FROM messages WHERE conversation_id = $1::bigint AND version BETWEEN $2 AND $3 AND gone IS NULL`,
    values: [conversation, from, to],
  })
}
