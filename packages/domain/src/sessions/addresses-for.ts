import type { Deps } from '../deps.ts'
import { rankNodes, type Whereabouts } from './rank-nodes.ts'

/**
 * Where somebody may connect, best first. While Redis is away that is guessed from what was known last, and the
 * configured addresses follow; they are all there is where nodes have no address of their own.
 */
export async function addressesFor(
  { registry, addresses }: Pick<Deps, 'registry' | 'addresses'>,
  whereabouts: Whereabouts,
): Promise<string[]> {
  const { nodes, current } = await registry.lastKnown()
  const ranked = rankNodes(nodes, whereabouts, Math.random)
  if (current && ranked.length > 0) return ranked
  const known = new Set(nodes.map((node) => node.address))
  const configured = addresses.realtime.filter((address) => !known.has(address))
  const others = configured.length + ranked.length > 0 ? configured : addresses.realtime
  return [...ranked, ...shuffled(others)]
}

function shuffled(addresses: readonly string[]): string[] {
  return addresses
    .map((address) => ({ address, draw: Math.random() }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ address }) => address)
}
