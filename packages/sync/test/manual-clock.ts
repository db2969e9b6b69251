import type { Clock } from '../src/ports.ts'

export type ManualClock = Clock & {
  /** Lets time pass, and runs what falls due, in order. */
  advance(ms: number): void
  /** When something falls due next; null when nothing is planned. */
  next(): number | null
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
    next: () => next()?.at ?? null,
  }
}
