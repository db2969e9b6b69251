import { NODES, type NodeName } from '../stage/index.ts'
import { type Fault, nothingToHeal } from './fault.ts'

/**
 * The sockets of a node fall silent, and neither end is told, as when somebody walks out of a network. Half of the
 * times they are reset at last; else nobody ever says anything, and each end must find out for itself.
 */
export const halfOpen: Fault = {
  targets: NODES,
  holds: (node) => [`people to ${node}`],
  ms: [1_000, 8_000],
  begin({ stage }, node, strength) {
    const reset = stage.fronts[node as NodeName].halfOpen()
    return strength < 0.5 ? reset : nothingToHeal
  },
}
