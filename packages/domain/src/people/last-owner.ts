import type { Tx } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'
import type { ManagedPerson } from './managed.ts'

/**
 * There is always an owner who can sign in. The owners' rows are held, so that two owners who demote one another at
 * the same moment do not both succeed.
 * @throws ParleyError('conflict')
 */
export async function requireAnotherOwner(tx: Pick<Tx, 'sql'>, person: ManagedPerson): Promise<void> {
  if (person.role !== 'owner' || person.status !== 'active') return
  const owners = await tx.sql<{ id: Id }>`
    SELECT id FROM people WHERE role = 'owner' AND status = 'active' AND kind = 'person' ORDER BY id FOR NO KEY UPDATE`
  if (!owners.some((owner) => owner.id !== person.id))
    throw new ParleyError('conflict', `${person.name} is the last owner. Make somebody else an owner first.`)
}
