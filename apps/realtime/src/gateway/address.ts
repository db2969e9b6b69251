import type { IncomingMessage } from 'node:http'

/**
 * Where a connection comes from. Each proxy appends the address that it was asked from, so the last as many as there
 * are proxies of ours can be believed, and nothing before them.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const peer = request.socket.remoteAddress ?? ''
  if (trustedProxies === 0) return peer
  const hops = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const hop = hops.at(-trustedProxies)?.trim() ?? ''
  return hop.length <= 45 && /^[\da-fA-F:.]+$/.test(hop) ? hop : peer
}
