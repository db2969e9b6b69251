import type { Sql } from '@parley/db'
import { type Id, type MembershipRole, ParleyError } from '@parley/protocol'

/**
 * The role that somebody has in a conversation.
 * @throws ParleyError('not_found') when they are no member
 */
export async function roleOf(sql: Sql, conversation: Id, person: Id): Promise<MembershipRole> {
  const [row] = await sql<{ role: MembershipRole }>`
    SELECT role FROM memberships WHERE conversation_id = ${conversation} AND person_id = ${person} AND left_at IS NULL`
  if (!row) throw new ParleyError('not_found', 'They are not a member of this conversation.')
  return row.role
}
