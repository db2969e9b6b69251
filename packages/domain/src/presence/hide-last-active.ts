import type { ChosenPresence } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { command } from '../command.ts'
import { choose } from './choose.ts'

/** Whether others see when one was last active; an administrator may hide it for everybody. */
export const hideLastActive = command({
  name: 'presence.hideLastActive',
  input: z.strictObject({ hide: z.boolean() }),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: { none: 'a preference is the person’s own' },
  run: (context, { hide }): Promise<ChosenPresence> => choose(context, { hidesLastActive: hide }),
})
