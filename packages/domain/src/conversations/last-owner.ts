import type { Sql } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'

/**
 * A channel that people are in keeps an owner who can sign in. The conversation is held, so that of two owners who
 * leave at the same moment one stays.
 * @throws ParleyError('conflict') when the person is the last owner and others remain
 */
export async function requireAnotherOwner(sql: Sql, conversation: Id, person: Id): Promise<void> {
  const others = await sql<{ person_id: Id; role: string; status: string }>`
    SELECT m.person_id, m.role, p.status FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.conversation_id = ${conversation} AND m.left_at IS NULL AND m.person_id <> ${person}
    ORDER BY m.role = 'owner' AND p.status = 'active' DESC LIMIT 1`
  const [best] = others
  if (!best || (best.role === 'owner' && best.status === 'active')) return
  throw new ParleyError('conflict', 'The last owner of a channel stays. Make somebody else an owner first.')
}
