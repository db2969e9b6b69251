import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** Removes search entries that were written, at the same moment as their message was removed, by who still saw it. */
export async function removeOrphans(sql: Sql, conversation: Id, cutoff: Id): Promise<void> {
  await sql`
    DELETE FROM message_search s WHERE s.conversation_id = ${conversation} AND s.message_id < ${cutoff}::bigint
      AND NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = s.conversation_id AND m.id = s.message_id)`
}
