import type { ApiContext } from '../context.ts'

/**
 * Whom a request is counted under. Each proxy appends the address that it was asked from, so the last as many as there
 * are proxies of ours can be believed, and nothing before them.
 */
export function clientAddress(
  request: Request,
  { trustedProxies, peer }: Pick<ApiContext, 'trustedProxies' | 'peer'>,
): string {
  if (trustedProxies > 0) {
    const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const hop = hops.at(-trustedProxies)
    if (hop && isAddress(hop)) return hop
  }
  return peer(request)
}

const isAddress = (text: string): boolean => text.length <= 45 && /^[\da-fA-F:.]+$/.test(text)
