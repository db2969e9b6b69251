import { NODES, type NodeName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** A realtime process ends in the middle of whatever it did, and comes back. */
export const killNode: Fault = {
  targets: NODES,
  holds: (node) => [node],
  ms: [300, 4_000],
  async begin({ stage }, node) {
    const { process } = stage.parts[node as NodeName]
    await process.down('SIGKILL')
    return () => process.up()
  },
}
