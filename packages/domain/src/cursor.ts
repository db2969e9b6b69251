import { jsonOf, ParleyError } from '@parley/protocol'
import type { z } from 'zod'

/** Where a page of one list ended, opaque to whoever pages: `of(…)` writes it, `read` refuses what is not one. */
export const cursor = <Place>(shape: z.ZodType<Place>) => ({
  of: (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url'),
  /** @throws ParleyError('bad_input') */
  read(text: string | undefined): Place | null {
    if (text === undefined) return null
    const parsed = shape.safeParse(jsonOf(Buffer.from(text, 'base64url').toString()))
    if (parsed.success) return parsed.data
    throw new ParleyError('bad_input', 'cursor: does not belong to this list. Begin at the first page.', {
      field: 'cursor',
    })
  },
})
