import { isIP } from 'node:net'

/**
 * Where a request comes from. Each proxy appends the address that it was asked from, so the last as many as there are
 * proxies of ours can be believed, and nothing before them. Some append the port too, which changes with each
 * connection and is left out.
 */
export function clientAddress(forwarded: string, trustedProxies: number, peer: string): string {
  if (trustedProxies === 0) return peer
  const hop = forwarded.split(',').at(-trustedProxies)?.trim() ?? ''
  const bare = /^\[([^\]]*)\](:\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop
  return bare.length <= LONGEST && isIP(bare) !== 0 ? bare : peer
}

/** The longest way to write an address (RFC 4291 §2.2). */
const LONGEST = 45

/**
 * What an address is counted under. Whoever is given an IPv6 network has all of its 2^64 addresses (RFC 6177), and would
 * have as many times the tries: they count as one.
 */
export function countedAs(address: string): string {
  if (isIP(address) !== 6) return address
  const groups = groupsOf(address)
  const [a, b, c, d, e, mapped, high = 0, low = 0] = groups
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && mapped === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight numbers of an address that is one. */
function groupsOf(address: string): number[] {
  const [text = ''] = address.split('%', 1)
  const hex = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes) => {
    const [a, b, c, d] = bytes.map(Number) as [number, number, number, number]
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [before = [], after = []] = hex.split('::').map((part) =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16)),
  )
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}
