import { type ChosenPresence, LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { command } from '../command.ts'
import { zEmoji } from '../emoji.ts'
import { oneLineOrNothing } from '../one-line.ts'
import { choose, requireAhead, zUntil } from './choose.ts'

const zStatus = z
  .strictObject({
    emoji: zEmoji.nullable(),
    text: oneLineOrNothing(LIMITS.statusText),
    until: zUntil.default(null),
  })
  .refine(({ emoji, text }) => emoji !== null || text !== '', {
    path: ['text'],
    message: 'a status needs an emoji or a text; null takes it away',
  })

/** What somebody says of themselves, until it expires or is taken away (null). */
export const setStatus = command({
  name: 'presence.setStatus',
  input: z.strictObject({ status: zStatus.nullable() }),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: { none: 'what somebody says of themselves is their own' },
  run(context, { status }): Promise<ChosenPresence> {
    requireAhead(status?.until ?? null, context.deps.now())
    return choose(context, { status })
  },
})
