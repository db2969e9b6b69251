import type { Clock } from '../src/ports.ts'

export type ManualClock = Clock & {
  /** Lets time pass, and runs what falls due, in order. */
  advance(ms: number): void
  /** Time passes while whoever has the clock sleeps: what falls due runs late, with the next `advance`. */
  sleep(ms: number): void
  /** When something falls due next; null when nothing is planned. */
  next(): number | null
  /** How much is planned. */
  planned(): number
}

/** A clock that stands still until it is told to go on. */
export function manualClock(start = 1_800_000_000_000): ManualClock {
  let now = start
  let planned: { at: number; run: () => void }[] = []
  const next = () =>
    planned.reduce<{ at: number; run: () => void } | null>(
      (first, one) => (first === null || one.at < first.at ? one : first),
      null,
    )
  return {
    now: () => now,
    after(ms, run) {
      const one = { at: now + ms, run }
      planned.push(one)
      return () => {
        planned = planned.filter((other) => other !== one)
      }
    },
    advance(ms) {
      const end = now + ms
      for (let due = next(); due && due.at <= end; due = next()) {
        const { at, run } = due
        planned = planned.filter((one) => one !== due)
        now = Math.max(now, at)
        run()
      }
      now = end
    },
    sleep(ms) {
      now += ms
    },
    next: () => next()?.at ?? null,
    planned: () => planned.length,
  }
}
