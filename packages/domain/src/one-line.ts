import { z } from 'zod'
import { isSeen, MARKS_ON_A_LETTER, withoutHidden, withoutStacks } from './deceiving.ts'

const line = (least: 0 | 1, most: number) =>
  z
    .string()
    .trim()
    .min(least, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .refine((text) => text.isWellFormed(), 'must not contain half a surrogate pair')
    .refine(
      (text) => withoutHidden(text) === text,
      'must not contain control characters or characters that cannot be seen',
    )
    .refine(
      (text) => withoutStacks(text) === text,
      `must not have more than ${MARKS_ON_A_LETTER} marks on a letter`,
    )
    .refine((text) => text === '' || isSeen(text), 'must have something to be seen')

/** Text that people read in one line: trimmed, not empty, nothing in it that deceives the eye. */
export const oneLine = (most: number) => line(1, most)

/** The same, but it may be empty. */
export const oneLineOrNothing = (most: number) => line(0, most)
