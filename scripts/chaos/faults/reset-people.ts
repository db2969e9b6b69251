import { NODES, type NodeName } from '../stage/index.ts'
import { type Fault, nothingToHeal } from './fault.ts'

/** Everybody on one node loses their connection at once and may come back at once. */
export const resetPeople: Fault = {
  targets: NODES,
  holds: (node) => [`people to ${node}`],
  ms: [100, 300],
  begin({ stage }, node) {
    stage.fronts[node as NodeName].cut()
    return nothingToHeal
  },
}
