import { isUniqueViolation, type Sql } from '@parley/db'
import { conversationOf, setDirectKey } from '@parley/db/queries/conversations/direct-key'
import { type Id, ParleyError } from '@parley/protocol'
import { directKeyOf } from './direct-key.ts'

/**
 * A group is found by who is in it now. Where these people have another conversation already, that one is found, and
 * the group lives on in the lists of its members.
 */
export async function rekeyGroup(sql: Sql, group: Id): Promise<void> {
  const [row] = await sql<{ people: Id[] }>`SELECT people FROM conversations WHERE id = ${group}`
  // Two and fewer are opened as a direct conversation.
  const key = row!.people.length > 2 ? directKeyOf(row!.people) : null
  const other = key === null ? null : await conversationOf(sql, key)
  try {
    await setDirectKey(sql, group, other === null || other === group ? key : null)
  } catch (e) {
    if (!isUniqueViolation(e)) throw e
    throw new ParleyError(
      'conflict',
      'Somebody opened a conversation of the same people at this very moment. Try again.',
    )
  }
}
