import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/**
 * Removes what an import that was given up has left of a conversation. Only while the conversation has no row of
 * its own: one that people can see is never touched.
 */
export async function removeImportLeftovers(sql: Sql, conversation: Id): Promise<void> {
  await sql`
    WITH unseen AS MATERIALIZED (
      SELECT ${conversation}::bigint AS id WHERE NOT EXISTS (SELECT FROM conversations WHERE id = ${conversation}::bigint)
    ), mentioned AS (
      DELETE FROM mentions x USING unseen u WHERE x.conversation_id = u.id
    ), followed AS (
      DELETE FROM thread_followers x USING unseen u WHERE x.conversation_id = u.id
    ), found AS (
      DELETE FROM message_search x USING unseen u WHERE x.conversation_id = u.id
    )
    DELETE FROM messages x USING unseen u WHERE x.conversation_id = u.id`
}
