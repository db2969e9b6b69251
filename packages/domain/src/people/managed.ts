import { type Id, ParleyError } from '@parley/protocol'
import { type Access, permitted } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import type { Permission, Role } from '../permissions.ts'
import { mayEdit } from './policy.ts'

export type PersonStatus = 'active' | 'invited' | 'imported' | 'deactivated'
export type ManagedPerson = {
  id: Id
  name: string
  email: string | null
  kind: 'person' | 'bot'
  role: Role
  status: PersonStatus
}
export type Managed = { me: PersonActor; person: ManagedPerson }

/**
 * The person whom the input names, if the actor may edit them. Their row is held until the act is over, so that what
 * was judged stays true; an owner's together with every other owner's, in one order, since there must be one left.
 */
export const managed =
  (permission: Permission): Access<{ person: Id }, Managed> =>
  async (at) => {
    const { me } = await permitted(permission)(at)
    const id = at.input.person
    const held = await at.tx.sql<ManagedPerson>`
      SELECT id, name, email, kind, role, status FROM people
      WHERE id = ${id} OR (role = 'owner' AND EXISTS (SELECT FROM people x WHERE x.id = ${id} AND x.role = 'owner'))
      ORDER BY people.id FOR NO KEY UPDATE`
    const person = held.find((row) => row.id === id)
    if (!person) throw new ParleyError('not_found')
    if (!mayEdit(me.role, person.role))
      throw new ParleyError('not_allowed', `Only somebody whose role is ${person.role} may do this.`)
    return { me, person }
  }
