import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { requireOthersWayIn, requireWayInAsOwner } from '../identity/owners-way-in.ts'
import { ROLES, type Role } from '../permissions.ts'
import { type EndedWithThem, endWhatTheySaw } from './end-what-they-saw.ts'
import { requireAnotherOwner } from './last-owner.ts'
import { type Managed, managed } from './managed.ts'
import { administersNoLonger, mayGive } from './policy.ts'

/** `ended`: what a former administrator had seen the secrets of. */
type Change = { before: Role; after: Role; ended: EndedWithThem | null }

/**
 * Gives a person another role. It holds with their next request. Who administers no longer loses what they made as one:
 * tokens, webhooks and invitations that are still open.
 */
export const changeRole = command({
  name: 'people.changeRole',
  input: z.strictObject({ person: zId, role: z.enum(ROLES) }),
  access: managed('roles.assign'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, result }: { scope: Managed; result: Change }) =>
    result.before === result.after
      ? null
      : {
          action: 'person.role_changed',
          entity: { kind: 'person', id: scope.person.id, name: scope.person.name },
          before: { role: result.before },
          after: { role: result.after, ...result.ended },
        },
  async run({ tx, scope: { me, person }, deps }, { role }): Promise<Change> {
    if (!mayGive(me.role, role))
      throw new ParleyError('not_allowed', `Your role does not allow making somebody ${role}.`)
    if (person.kind === 'bot' && role !== 'member')
      throw new ParleyError('conflict', 'A bot is always a member: what it may do is decided by its tokens.')
    if (role === 'owner' && person.role !== 'owner') await requireWayInAsOwner(tx, person)
    if (role !== 'owner' && person.role === 'owner') {
      await requireAnotherOwner(tx, person)
      await requireOthersWayIn(tx, person)
    }
    await tx.sql`UPDATE people SET role = ${role} WHERE id = ${person.id}`
    const ended = administersNoLonger(person.role, role)
      ? await endWhatTheySaw(tx, person.id, deps.now())
      : null
    return { before: person.role, after: role, ended }
  },
})
