import { ParleyError } from '@parley/protocol'
import type { ApiContext } from '../context.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses requests that a page of somebody else has a browser send with our cookies (CSRF). Browsers put the origin on
 * every request that is not safe; one with cookies and without it comes from no browser of ours.
 * @throws ParleyError('not_allowed')
 */
export function checkOrigin(
  request: Request,
  { deps }: Pick<ApiContext, 'deps'>,
  withCookies: boolean,
): void {
  if (SAFE.has(request.method)) return
  const origin = request.headers.get('origin')
  if (origin === null ? !withCookies : isOurs(origin, request, deps.addresses)) return
  throw new ParleyError('not_allowed', 'The request comes from a page that is not ours.')
}

function isOurs(origin: string, request: Request, addresses: { web: string; console: string }): boolean {
  if ([addresses.web, addresses.console].some((address) => new URL(address).origin === origin)) return true
  const from = URL.parse(origin)
  return from !== null && from.host === request.headers.get('host') && isNumericOrLocal(from.hostname)
}

/** Opened by number instead of by name: a name could have been turned to us by its owner (DNS rebinding), these not. */
const isNumericOrLocal = (hostname: string): boolean =>
  hostname === 'localhost' || /^(\d{1,3}\.){3}\d{1,3}$/.test(hostname) || hostname.startsWith('[')
