import { ParleyError } from '@parley/protocol'
import { z } from 'zod'

export const IDEMPOTENCY_KEY = 'Idempotency-Key'

/**
 * The key of one request (draft-ietf-httpapi-idempotency-key-header §2.1), which becomes the client id of its message: a
 * UUID, with or without the quotes of a structured string. Undefined for a request that has none.
 */
export function idempotencyKey(headers: Headers): string | undefined {
  const given = headers.get(IDEMPOTENCY_KEY)
  if (given === null) return undefined
  const parsed = z.uuid().safeParse(given.trim().replace(/^"(.*)"$/, '$1'))
  if (parsed.success) return parsed.data.toLowerCase()
  throw new ParleyError('bad_input', `${IDEMPOTENCY_KEY}: must be a UUID.`, { field: IDEMPOTENCY_KEY })
}
