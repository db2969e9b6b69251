import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { requireOthersWayIn } from '../identity/owners-way-in.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { type EndedWithThem, endWhatTheySaw } from './end-what-they-saw.ts'
import { requireAnotherOwner } from './last-owner.ts'
import { type Managed, managed } from './managed.ts'

export type Deactivated = EndedWithThem & { sessions: number; before: string }

/**
 * Shuts a person out, at once: sessions, sockets, devices' notifications, their open invitation, every API token
 * and incoming webhook that acts as them, and whatever they have seen the secret of. What they wrote stays.
 */
export const deactivate = command({
  name: 'people.deactivate',
  input: z.strictObject({ person: zId }),
  access: managed('people.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, result }: { scope: Managed; result: Deactivated }) => ({
    action: 'person.deactivated',
    entity: { kind: 'person', id: scope.person.id, name: scope.person.name },
    before: { status: result.before },
    after: {
      status: 'deactivated',
      sessions: result.sessions,
      tokens: result.tokens,
      webhooks: result.webhooks,
      invitations: result.invitations,
    },
  }),
  async run({ tx, scope: { me, person }, deps, tell }): Promise<Deactivated> {
    if (person.id === me.id)
      throw new ParleyError('conflict', 'You cannot deactivate yourself. Ask another administrator.')
    if (person.status === 'deactivated')
      throw new ParleyError('conflict', `${person.name} is deactivated already.`)
    await requireAnotherOwner(tx, person)
    if (person.role === 'owner') await requireOthersWayIn(tx, person)
    const now = deps.now()
    await tx.sql`UPDATE people SET status = 'deactivated', deactivated_at = ${now} WHERE id = ${person.id}`
    await tx.sql`UPDATE invitations SET expires_at = ${now} WHERE person_id = ${person.id} AND accepted_at IS NULL AND expires_at > ${now}`
    const ended = await endWhatTheySaw(tx, person.id, now)
    const tokens = await tx.sql<{ id: Id }>`
      UPDATE api_tokens SET revoked_at = ${now} WHERE revoked_at IS NULL AND person_id = ${person.id} RETURNING id`
    const webhooks = await tx.sql<{ id: Id }>`
      UPDATE incoming_webhooks SET revoked_at = ${now} WHERE revoked_at IS NULL AND person_id = ${person.id} RETURNING id`
    const sessions = await endSessions(tx, tell, { person: person.id }, 'deactivated', now)
    tell.revoke({ person: person.id })
    const ids = (rows: { id: Id }[]) => rows.map((row) => row.id)
    return {
      ...ended,
      ...{ tokens: [...ended.tokens, ...ids(tokens)], webhooks: [...ended.webhooks, ...ids(webhooks)] },
      ...{ sessions: sessions.length, before: person.status },
    }
  },
})
