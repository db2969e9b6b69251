import type { Id } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Holds the conversation until the end of the transaction: nobody else gives out its numbers meanwhile. */
export async function lockConversation(sql: Sql, conversation: Id): Promise<void> {
  await sql`SELECT 1 FROM conversations WHERE id = ${conversation} FOR NO KEY UPDATE`
}
