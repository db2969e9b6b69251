import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/**
 * Ends one membership. The caller holds the conversation, took its version, and knows that the person is a member.
 * @returns how many members remain
 */
export async function endMembership(
  sql: Sql,
  conversation: Id,
  person: Id,
  { version, now }: { version: number; now: Date },
): Promise<number> {
  await sql`
    UPDATE memberships SET left_at = ${now}, version = ${version}
    WHERE conversation_id = ${conversation} AND person_id = ${person}`
  const [row] = await sql<{ member_count: number }>`
    UPDATE conversations SET member_count = member_count - 1, people = array_remove(people, ${person}::bigint)
    WHERE id = ${conversation} RETURNING member_count`
  return row!.member_count
}
