import type { Deps } from '@parley/domain/deps'
import type { RealtimeNode } from '@parley/domain/ports'
import { rankNodes } from '@parley/domain/sessions/rank-nodes'
import { BOUNDS } from './bounds.ts'

export type Others = {
  /** Asks who is there; never throws, and never takes long. */
  look(): Promise<void>
  /** Nodes that have room, best first. */
  withRoom(): string[]
  /** Wherever one can be: also nodes that are full, or else whatever people are told to connect to. */
  atAll(): string[]
}

const NEAR = new Map<string, number>()

/** The other nodes, as they were at the last look. Each answer has an order of its own, so that people are spread. */
export function others(
  { registry, region, addresses }: Pick<Deps, 'registry' | 'region' | 'addresses'>,
  { name, address }: { name: string; address: string | null },
): Others {
  let nodes: RealtimeNode[] = []
  const ranked = (among: RealtimeNode[]) =>
    rankNodes(among, { region, latencies: NEAR }, Math.random).slice(0, BOUNDS.redirectAddresses)
  return {
    async look() {
      const known = await registry.lastKnown()
      nodes = known.nodes.filter(({ node }) => node !== name)
    },
    withRoom: () => ranked(nodes.filter(({ state }) => state === 'ready')),
    atAll() {
      const found = ranked(nodes)
      if (found.length > 0) return found
      return addresses.realtime.filter((one) => one !== address).slice(0, BOUNDS.redirectAddresses)
    },
  }
}
