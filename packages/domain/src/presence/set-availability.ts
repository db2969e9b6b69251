import { AVAILABILITIES, type ChosenPresence } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { command } from '../command.ts'
import { choose, requireAhead, zUntil } from './choose.ts'

/** Seen as one's devices are, busy for as long as one says, or not at all. */
export const setAvailability = command({
  name: 'presence.setAvailability',
  input: z
    .strictObject({ availability: z.enum(AVAILABILITIES), until: zUntil.default(null) })
    .refine(({ availability, until }) => availability === 'busy' || until === null, {
      path: ['until'],
      message: 'only being busy ends by itself',
    }),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: { none: 'how somebody is to be reached is their own' },
  run(context, input): Promise<ChosenPresence> {
    requireAhead(input.until, context.deps.now())
    return choose(context, input)
  },
})
