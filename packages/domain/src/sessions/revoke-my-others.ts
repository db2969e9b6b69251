import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import { command } from '../command.ts'
import { endSessions } from './end-sessions.ts'

type Ended = { ended: Id[] }

/** Signs me out everywhere but here. */
export const revokeMyOtherSessions = command({
  name: 'session.revokeMyOthers',
  input: z.strictObject({}),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: ({ scope, result }: { scope: { me: PersonActor }; result: Ended }) =>
    result.ended.length === 0
      ? null
      : {
          action: 'session.revoked',
          entity: { kind: 'person', id: scope.me.id, name: scope.me.name },
          after: { sessions: result.ended },
        },
  async run({ tx, scope, deps, tell }): Promise<Ended> {
    const which = { person: scope.me.id, except: scope.me.session }
    return { ended: await endSessions(tx, tell, which, 'revoked', deps.now()) }
  },
})
