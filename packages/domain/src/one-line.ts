import { z } from 'zod'

/** Control characters, and those that turn the direction of what follows: with them a name can pose as another. */
const DECEIVING = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u

/** Text that people read in one line: trimmed, not empty, nothing in it that deceives the eye. */
export const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .refine((text) => !DECEIVING.test(text), 'must not contain control characters')

/** The same, but it may be empty. */
export const oneLineOrNothing = (most: number) => z.union([z.string().trim().length(0), oneLine(most)])
