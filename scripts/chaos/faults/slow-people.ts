import { NODES, type NodeName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

const SLOWEST_MS = 1_500

/** Everything between a node and its people takes long, both ways. */
export const slowPeople: Fault = {
  targets: NODES,
  holds: (node) => [`people to ${node}`],
  ms: [1_000, 6_000],
  begin({ stage }, node, strength) {
    const front = stage.fronts[node as NodeName]
    front.delay(50 + strength * SLOWEST_MS)
    return () => front.delay(0)
  },
}
