import { z } from 'zod'

/**
 * Text that the database can hold: without NUL characters, which its text refuses, and halves of surrogate pairs, which its
 * JSON does. `longer`: what to do with more.
 */
export const storableText = (most: number, longer = '') =>
  z
    .string()
    .max(most, `must be at most ${most} characters${longer && `: ${longer}`}`)
    .refine((text) => !text.includes('\u0000'), 'must not contain a NUL character')
    .refine((text) => text.isWellFormed(), 'must not contain half a surrogate pair')
