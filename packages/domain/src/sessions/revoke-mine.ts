import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import { command } from '../command.ts'
import { endSessions } from './end-sessions.ts'

type Ended = { ended: Id[] }

/** Ends one of my sessions, this one or another. */
export const revokeMySession = command({
  name: 'session.revokeMine',
  input: z.strictObject({ session: zId }),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: ({ scope, result }: { scope: { me: PersonActor }; result: Ended }) => ({
    action: 'session.revoked',
    entity: { kind: 'person', id: scope.me.id, name: scope.me.name },
    after: { sessions: result.ended },
  }),
  async run({ tx, scope, deps, tell }, { session }): Promise<Ended> {
    const ended = await endSessions(tx, tell, { session, of: scope.me.id }, 'revoked', deps.now())
    if (ended.length === 0) throw new ParleyError('not_found')
    return { ended }
  },
})
