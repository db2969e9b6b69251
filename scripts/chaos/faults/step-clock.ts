import { PROCESSES, type ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** The wall clock of one process is set most of a minute ahead, or (the next time) behind, and then right again. */
export const stepClock: Fault = {
  targets: PROCESSES,
  // a process that is killed meanwhile begins with the right time, and would be set wrong by what ends this
  holds: (name) => [name],
  ms: [1_000, 8_000],
  begin({ stage }, name) {
    const { process } = stage.parts[name as ProcessName]
    process.signal('SIGUSR2')
    return () => process.signal('SIGUSR2')
  },
}
