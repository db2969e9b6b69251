import type { Id } from '@parley/protocol'
import { z } from 'zod'
import type { Secrets } from '../ports.ts'

/** From being sent to the provider to coming back with its answer: people look for their phones meanwhile. */
export const REQUEST_MS = 15 * 60_000

const zPending = z.strictObject({
  provider: z.string(),
  requestId: z.string(),
  to: z.string(),
  /** Unix milliseconds. */
  expires: z.number(),
})
export type Pending = z.infer<typeof zPending>

/** A request that this browser began, sealed: the browser keeps it, and can neither read nor make one. */
export const sealRequest = (secrets: Secrets, pending: Pending): string =>
  secrets.seal(JSON.stringify(pending))

/** Null when it is not ours, is for another provider, or is over. */
export function openRequest(
  secrets: Secrets,
  sealed: string | null,
  provider: Id,
  now: Date,
): Pending | null {
  const text = sealed && opened(secrets, sealed)
  if (!text) return null
  const pending = zPending.parse(JSON.parse(text))
  return pending.provider === provider && pending.expires > now.getTime() ? pending : null
}

function opened(secrets: Secrets, sealed: string): string | null {
  try {
    return secrets.open(sealed)
  } catch {
    // Whatever cannot be opened was not sealed by us, or under an older secret.
    return null
  }
}

/** A path of our own pages, whatever was asked for: never another site's. */
export const ownPath = (to: string): string =>
  /^\/(?![/\\])[\w\-./~%?=&#]*$/.test(to) && !to.startsWith('/api/') ? to : '/'
