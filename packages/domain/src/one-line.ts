import { z } from 'zod'

/**
 * Control characters, those that turn the direction of what follows, that break a line, or that take no room and join
 * nothing: with them a name can pose as another.
 */
const DECEIVING = /[\p{Cc}\u200B\u2028-\u202E\u2060-\u2069\uFEFF]/u
/** Something that can be seen: neither space nor mark alone, nor the letters of Hangul that are empty. */
const SEEN = /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

/** Text that people read in one line: trimmed, not empty, nothing in it that deceives the eye. */
export const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .refine((text) => !DECEIVING.test(text), 'must not contain control characters')
    .refine((text) => text.isWellFormed(), 'must not contain half a surrogate pair')
    .refine((text) => SEEN.test(text), 'must have something to be seen')

/** The same, but it may be empty. */
export const oneLineOrNothing = (most: number) => z.union([z.string().trim().length(0), oneLine(most)])
