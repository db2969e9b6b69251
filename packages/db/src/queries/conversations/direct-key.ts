import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** The conversation of exactly these people, if there is one. */
export async function conversationOf(sql: Sql, directKey: string): Promise<Id | null> {
  const [row] = await sql<{ id: Id }>`SELECT id FROM conversations WHERE direct_key = ${directKey}`
  return row?.id ?? null
}

/**
 * Gives a group the key of the people who are in it now; null when another conversation has that key.
 * @throws a unique violation when another took it a moment ago
 */
export async function setDirectKey(sql: Sql, conversation: Id, directKey: string | null): Promise<void> {
  await sql`UPDATE conversations SET direct_key = ${directKey} WHERE id = ${conversation}`
}
