import { PROCESSES, type ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** One process alone does not reach Redis: it is told so, or nothing comes back. */
export const partFromRedis: Fault = {
  targets: PROCESSES,
  holds: (name) => [`${name} to redis`],
  ms: [500, 9_000],
  begin({ stage }, name, strength) {
    const { redis } = stage.parts[name as ProcessName]
    redis?.become(strength < 0.5 ? 'silent' : 'refuse')
    return () => redis?.become('pass')
  },
}
