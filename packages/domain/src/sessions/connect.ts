import { LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { query } from '../command.ts'
import { zRegion } from '../region.ts'
import { addressesFor } from './addresses-for.ts'
import { issueTicket } from './ticket.ts'

export type Connect = { ticket: string; addresses: string[] }

/** Where to connect for events, best first, and the ticket to show there within thirty seconds. */
export const connect = query({
  name: 'session.connect',
  input: z.strictObject({
    /** Where the client is, if it knows: otherwise near the process that it asks. */
    region: zRegion.optional(),
    /** How many milliseconds the client took to reach an address. */
    latencies: z
      .array(z.tuple([z.string().max(300), z.int().min(0).max(LIMITS.latencyMs)]))
      .max(LIMITS.latencies)
      .optional(),
  }),
  access: signedInPerson,
  limit: 'read',
  tokens: 'never',
  async run({ scope, deps }, { region, latencies }): Promise<Connect> {
    return {
      ticket: issueTicket(deps.secrets.key('ticket'), scope.me, deps.now()),
      addresses: await addressesFor(deps, {
        region: region ?? deps.region,
        latencies: new Map(latencies),
      }),
    }
  },
})
