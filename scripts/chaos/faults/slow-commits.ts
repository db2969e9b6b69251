import { PROCESSES, type ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

const SLOWEST_MS = 700

/** PostgreSQL is far away for one process: locks are held for long, and news overtake. */
export const slowCommits: Fault = {
  targets: PROCESSES,
  holds: (name) => [`${name} to postgres`],
  ms: [1_000, 6_000],
  begin({ stage }, name, strength) {
    const { postgres } = stage.parts[name as ProcessName]
    postgres.delay(20 + strength * SLOWEST_MS)
    return () => postgres.delay(0)
  },
}
