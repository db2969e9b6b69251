import type { RealtimeNode } from '../ports.ts'

export type Whereabouts = {
  region: string
  /** Milliseconds to addresses, as the client measured them. */
  latencies: ReadonlyMap<string, number>
}
type Routable = RealtimeNode & { address: string }

/** What a node in another region is taken to be away, as long as nobody has measured it. Milliseconds. */
const ELSEWHERE_MS = 100
/** Nodes within so many milliseconds of one another are equally good: people are spread over them. */
const BAND_MS = 30

/**
 * The addresses of the nodes, best first: the near ones with a punctual event loop before others, and those that are
 * full last. Draining and failing ones are left out. Among equals the order is left to chance, weighted by load such
 * that a node without connections is taken twice as often as an average one and no oftener: thousands who ask within a
 * moment of the same figures do not all go to one.
 */
export function rankNodes(
  nodes: readonly RealtimeNode[],
  { region, latencies }: Whereabouts,
  random: () => number,
): string[] {
  const able = nodes.filter(
    (node): node is Routable => node.address !== null && (node.state === 'ready' || node.state === 'full'),
  )
  const mean = able.reduce((sum, node) => sum + node.connections, 0) / (able.length || 1)
  return able
    .map((node) => {
      const away = latencies.get(node.address) ?? presumed(node.region, able, region, latencies)
      return {
        address: node.address,
        full: node.state === 'full' ? 1 : 0,
        band: Math.floor((away + node.eventLoopP99) / BAND_MS),
        // drawn without putting back, each by its weight (Efraimidis and Spirakis, 2006)
        draw: Math.log(1 - random()) * (mean + node.connections + 1),
      }
    })
    .sort((a, b) => a.full - b.full || a.band - b.band || b.draw - a.draw)
    .map(({ address }) => address)
}

/** How far a node is that nobody measured: as far as the nearest measured one of its region. */
function presumed(
  of: string,
  nodes: readonly Routable[],
  here: string,
  latencies: ReadonlyMap<string, number>,
): number {
  const beside = nodes.flatMap(({ region, address }) =>
    region === of && latencies.has(address) ? [latencies.get(address)!] : [],
  )
  if (beside.length > 0) return Math.min(...beside)
  return of === here ? 0 : ELSEWHERE_MS
}
