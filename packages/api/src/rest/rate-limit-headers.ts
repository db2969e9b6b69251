import type { Standing } from '@parley/domain/ports'

/** How much is left (draft-ietf-httpapi-ratelimit-headers-06 §3–5). Seconds are counted from this answer. */
export function tellRateLimit(headers: Headers, standing: Standing | null): void {
  if (!standing) return
  const { points, seconds, remaining, reset } = standing
  headers.set('ratelimit-limit', String(points))
  headers.set('ratelimit-policy', `${points};w=${seconds}`)
  headers.set('ratelimit-remaining', String(remaining))
  headers.set('ratelimit-reset', String(reset))
}
