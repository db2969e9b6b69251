import { NODES, type NodeName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** The sockets of a node fall silent, and neither end is told, as when somebody walks out of a network. */
export const halfOpen: Fault = {
  targets: NODES,
  holds: (node) => [`people to ${node}`],
  ms: [1_000, 8_000],
  begin: ({ stage }, node) => stage.fronts[node as NodeName].halfOpen(),
}
