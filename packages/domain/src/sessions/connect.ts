import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { query } from '../command.ts'
import { issueTicket } from './ticket.ts'

export type Connect = { ticket: string; addresses: string[] }

/** Where to connect for events, best first, and the ticket to show there within thirty seconds. */
export const connect = query({
  name: 'session.connect',
  input: z.strictObject({}),
  access: signedInPerson,
  limit: 'read',
  tokens: 'never',
  async run({ scope, deps }): Promise<Connect> {
    return {
      ticket: issueTicket(deps.secrets.key('ticket'), scope.me, deps.now()),
      addresses: deps.addresses.realtime,
    }
  },
})
