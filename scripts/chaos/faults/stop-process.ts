import type { ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/**
 * A process stands still: its sockets stay open, its leases and turns run out, requests wait. Then it goes on as if
 * nothing was, with what nobody may be waiting for any more.
 */
export const stopProcess = (targets: readonly ProcessName[]): Fault => ({
  targets,
  holds: (name) => [name],
  ms: [500, 9_000],
  begin({ stage }, name) {
    const { process } = stage.parts[name as ProcessName]
    process.signal('SIGSTOP')
    return () => process.signal('SIGCONT')
  },
})
