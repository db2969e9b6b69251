import { ERRORS, type ErrorCode } from '@parley/protocol'
import { z } from 'zod'
import { named } from './named.ts'

export const Failure = named(
  'Error',
  z.object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as ErrorCode[]).describe('For programs. The list is closed.'),
      message: z.string().describe('For people: what is wrong and what to do.'),
      field: z.string().optional().describe('Where in the request, when one part is to blame.'),
      retryAfter: z.int().optional().describe('Seconds to wait before trying again.'),
    }),
  }),
)
