import { NODES, type NodeName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** A node that people do not reach: they are turned away, or hear nothing. The other nodes serve them. */
export const partFromPeople: Fault = {
  targets: NODES,
  holds: (node) => [`people to ${node}`],
  ms: [500, 6_000],
  begin({ stage }, node, strength) {
    const front = stage.fronts[node as NodeName]
    front.become(strength < 0.5 ? 'silent' : 'refuse')
    return () => front.become('pass')
  },
}
