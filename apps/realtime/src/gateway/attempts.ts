import { memoryLimiter } from '@parley/adapters/limiter/memory-limiter'
import { RATE_LIMITS } from '@parley/domain/limits'

/** What this node alone counts, by person or by address: asking Redis would cost more than what is held off. */
export type Attempts = {
  /** Counts one. False: it is one too many. */
  take(key: string): boolean
  /** Whether one more would be too many. */
  spent(key: string): boolean
}

/** Counted at once. Past it the longest unused are forgotten. */
const COUNTERS = 50_000

export function attempts(name: 'connect' | 'badTicket' | 'badTicketFlood'): Attempts {
  const limit = RATE_LIMITS[name]
  const counted = memoryLimiter(Date.now, COUNTERS)
  return {
    take: (key) => counted.take(key, limit) === 0,
    spent: (key) => counted.left(key, limit).remaining < 1,
  }
}
