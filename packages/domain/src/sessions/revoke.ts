import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { type Managed, managed } from '../people/managed.ts'
import { endSessions } from './end-sessions.ts'

type Ended = { ended: Id[] }

/** Ends one session of somebody, or all of them. */
export const revokeSessions = command({
  name: 'session.revoke',
  input: z.strictObject({ person: zId, session: zId.optional() }),
  access: managed('people.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, result }: { scope: Managed; result: Ended }) => ({
    action: 'session.revoked',
    entity: { kind: 'person', id: scope.person.id, name: scope.person.name },
    after: { sessions: result.ended },
  }),
  async run({ tx, scope, deps, tell }, { session }): Promise<Ended> {
    const which = session ? { session, of: scope.person.id } : { person: scope.person.id }
    const ended = await endSessions(tx, tell, which, 'revoked', deps.now())
    if (session && ended.length === 0) throw new ParleyError('not_found')
    return { ended }
  },
})
