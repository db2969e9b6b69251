import { z } from 'zod'

/** Where processes and people are, as far as the organisation tells places apart: a data centre, a continent. */
export const zRegion = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'may hold lower-case letters, digits and - only, at most 40')
