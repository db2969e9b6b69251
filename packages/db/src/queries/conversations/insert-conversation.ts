import type { ConversationKind, Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

export type NewConversation = {
  id: Id
  kind: ConversationKind
  name: string | null
  topic: string
  purpose: string
  directKey: string | null
  createdBy: Id
  now: Date
}

/**
 * Makes a conversation that nobody is in yet, at version 0.
 * @returns false, having waited for whoever was making it, when there is one of that name or of the same people
 */
export async function insertConversation(sql: Sql, c: NewConversation): Promise<boolean> {
  const rows = await sql`
    INSERT INTO conversations (id, kind, name, topic, purpose, direct_key, people, created_by, created_at, last_at)
    VALUES (${c.id}, ${c.kind}, ${c.name}, ${c.topic}, ${c.purpose}, ${c.directKey}, '{}', ${c.createdBy}, ${c.now}, ${c.now})
    ON CONFLICT DO NOTHING RETURNING id`
  return rows.length > 0
}
