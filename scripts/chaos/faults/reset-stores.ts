import { PROCESSES, type ProcessName } from '../stage/index.ts'
import { type Fault, nothingToHeal } from './fault.ts'

/**
 * Every connection of one process to PostgreSQL, and to Redis where that is one server, is reset at once; new ones are
 * let through.
 */
export const resetStores: Fault = {
  targets: PROCESSES,
  holds: (name) => [`${name} to postgres`, `${name} to redis`],
  ms: [100, 300],
  begin({ stage }, name) {
    const { postgres, redis } = stage.parts[name as ProcessName]
    postgres.cut()
    redis?.cut()
    return nothingToHeal
  },
}
