import type { PersonActor } from '@parley/domain/actor'
import { issueTicket, RESUME_MS } from '@parley/domain/sessions/ticket'
import type { Resume } from '@parley/protocol'
import type { Node } from '../gateway/node.ts'

/** What somebody who is inside comes back with, should the connection end. */
export const resumeFor = (actor: PersonActor, { deps }: Node): Resume => ({
  token: issueTicket(deps.secrets.key('ticket'), actor, deps.now(), 'resume'),
  ms: RESUME_MS,
})
