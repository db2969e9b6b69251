import { openSecrets } from '@parley/adapters/secrets'
import { issueTicket } from '@parley/domain/sessions/ticket'
import type { Place } from './load/protocol.ts'

export const SECRET = 'a secret of the bench alone, 32 characters and more'
const key = openSecrets(SECRET).key('ticket')

/** What the API would hand out to somebody of population.ts: no API runs here, and asking it is no part of any figure. */
export function ticketFor(person: string): Place {
  const actor = {
    kind: 'person',
    id: person,
    name: 'p',
    role: 'member',
    session: person,
    device: person,
    address: '',
  } as const
  return { person, ticket: issueTicket(key, actor, new Date()) }
}
