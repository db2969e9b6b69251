import { NODES, type NodeName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** A realtime process stands still: its sockets stay open, its leases run out, and then it goes on as if nothing was. */
export const stopNode: Fault = {
  targets: NODES,
  holds: (node) => [node],
  ms: [500, 9_000],
  begin({ stage }, node) {
    const { process } = stage.parts[node as NodeName]
    process.signal('SIGSTOP')
    return () => process.signal('SIGCONT')
  },
}
