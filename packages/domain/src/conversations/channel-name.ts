import { LIMITS } from '@parley/protocol'
import { z } from 'zod'

/** Letters and digits of any script, and what holds words together. Nothing that hides, or turns the reading direction. */
const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u

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
      .regex(
        ALLOWED,
        'may have letters, digits, hyphens, underscores and full stops, and begins with a letter or digit',
      ),
  )
