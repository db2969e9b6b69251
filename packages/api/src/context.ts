import type { Actor } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'
import type { Probed } from '@parley/domain/health'

/** Who a bearer token is (RFC 6750 §2.1): null when it is unknown, expired or revoked. */
export type AuthenticateToken = (
  deps: Deps,
  token: string,
  address: string,
) => Promise<Extract<Actor, { kind: 'token' }> | null>

/** What a process builds once and hands to `handle` with every request. */
export type ApiContext = {
  deps: Deps
  /** How many proxies of our own stand in front and add to X-Forwarded-For; 0: nobody's word is taken for an address. */
  trustedProxies: number
  /** The address at the other end of the socket. */
  peer(request: Request): string
  probed: Probed
}
