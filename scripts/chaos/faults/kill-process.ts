import type { ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** A process ends in the middle of whatever it did, and comes back. */
export const killProcess = (targets: readonly ProcessName[], ms: Fault['ms']): Fault => ({
  targets,
  holds: (name) => [name],
  ms,
  async begin({ stage }, name) {
    const { process } = stage.parts[name as ProcessName]
    await process.down('SIGKILL')
    return () => process.up()
  },
})
