import { z } from 'zod'

/** RFC 5321 §4.5.3.1.3, less the angle brackets. */
const LONGEST = 254

/** An address, in small letters: nobody's mail system tells them apart (people_email_key agrees). */
export const zEmail = z
  .string()
  .trim()
  .toLowerCase()
  .max(LONGEST, 'is too long for an e-mail address')
  .pipe(z.email('is not an e-mail address'))
