import { type Counter, type Limit, pointsLeft, takePoint } from './sliding-window.ts'

/** Counters kept when Redis is away. Past that the longest unused goes. */
const COUNTERS = 20_000

/** Counts in this process alone. */
export function memoryLimiter(now: () => number = Date.now, bound = COUNTERS) {
  const counters = new Map<string, Counter>()
  return {
    /** @returns milliseconds to wait, 0 when the point was taken */
    take(key: string, limit: Limit): number {
      const { counter, waitMs } = takePoint(counters.get(key), limit, now())
      counters.delete(key)
      counters.set(key, counter)
      if (counters.size > bound) counters.delete(counters.keys().next().value!)
      return waitMs
    },
    left: (key: string, limit: Limit) => pointsLeft(counters.get(key), limit, now()),
    clear: () => counters.clear(),
    size: () => counters.size,
  }
}
