import { PROCESSES, type ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** One process alone does not reach PostgreSQL: it is told so, or nothing comes back. */
export const partFromPostgres: Fault = {
  targets: PROCESSES,
  holds: (name) => [`${name} to postgres`],
  ms: [500, 6_000],
  begin({ stage }, name, strength) {
    const { postgres } = stage.parts[name as ProcessName]
    postgres.become(strength < 0.5 ? 'silent' : 'refuse')
    return () => postgres.become('pass')
  },
}
