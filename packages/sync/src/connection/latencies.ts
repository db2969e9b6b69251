import { LIMITS } from '@parley/protocol/limits'
import { BOUNDS } from '../bounds.ts'
import type { Clock, Surroundings } from '../ports.ts'

export type Latencies = {
  /** It took so many milliseconds to open a socket there; null when none could be opened. */
  measured(address: string, ms: number | null): void
  all(): Surroundings['latencies']
}

/** How far each address is, as it was seen the last time; one that did not answer is as far as can be. */
export function latencies(clock: Clock): Latencies {
  const seen = new Map<string, { ms: number; at: number }>()
  return {
    measured(address, ms) {
      seen.delete(address)
      seen.set(address, {
        ms: Math.min(Math.max(0, Math.round(ms ?? LIMITS.latencyMs)), LIMITS.latencyMs),
        at: clock.now(),
      })
      for (const [oldest] of seen) {
        if (seen.size <= LIMITS.latencies) return
        seen.delete(oldest)
      }
    },
    all() {
      const now = clock.now()
      return [...seen].flatMap(([address, { ms, at }]) =>
        now - at < BOUNDS.latencyForgotten ? [[address, ms] as [string, number]] : [],
      )
    },
  }
}
