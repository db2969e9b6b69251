import { LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { withoutStacks } from '../deceiving.ts'

/**
 * Letters and digits of any script, and what holds words together. Nothing that hides, or turns the reading direction: of
 * two channels nobody could tell which is which.
 */
const ALLOWED = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u
const SAYS =
  'may have letters, digits, hyphens, underscores and full stops, and begins with a letter or digit'

/** `#Team Lunch ` is `team-lunch`. */
const normalised = (name: string): string =>
  name.normalize('NFC').trim().replace(/^#/, '').replace(/\s+/g, '-').toLowerCase()

/** A channel's name as people type it, normalised: lower case, words joined by hyphens. */
export const zChannelName = z
  .string()
  .max(LIMITS.conversationName * 2)
  .transform(normalised)
  .pipe(
    z
      .string()
      .min(1, 'must not be empty')
      .max(LIMITS.conversationName, `must be at most ${LIMITS.conversationName} characters`)
      .regex(ALLOWED, SAYS)
      .refine((name) => withoutStacks(name) === name, SAYS),
  )
