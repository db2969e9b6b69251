/** A token works until it is revoked or has expired. */
export type TokenState = 'live' | 'expired' | 'revoked'

export function tokenState(
  { revoked_at, expires_at }: { revoked_at: Date | null; expires_at: Date | null },
  now: Date,
): TokenState {
  if (revoked_at) return 'revoked'
  return expires_at && expires_at <= now ? 'expired' : 'live'
}
