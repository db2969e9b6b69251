import { memoryLimiter } from '@parley/adapters/limiter/memory-limiter'
import { type LimitName, RATE_LIMITS } from '@parley/domain/limits'
import type { Limiter } from '@parley/domain/ports'

/** People on one node within a minute. */
const COUNTERS = 100_000

/**
 * Messages, and what is read over a socket, are counted by the node that the person is connected to, without asking
 * Redis for each: that would cost more than the message, stand between a sender and an acknowledgement, and between
 * everybody who comes back at once and what they missed. Whoever is connected to several nodes has as many times the
 * points; everything rarer is counted for all processes together.
 */
export function countedHere(elsewhere: Limiter): Limiter {
  const memory = memoryLimiter(Date.now, COUNTERS)
  const isHere = (name: LimitName) => name === 'message' || name === 'read'
  return {
    ...elsewhere,
    async take(name, key) {
      const limit = RATE_LIMITS[name]
      if (!isHere(name) || limit === null) return elsewhere.take(name, key)
      const waitMs = memory.take(`${name} ${key}`, limit)
      return waitMs > 0 ? Math.ceil(waitMs / 1_000) : null
    },
  }
}
