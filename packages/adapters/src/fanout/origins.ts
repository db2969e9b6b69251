/** An origin that was silent for so long is gone; if it speaks again it is judged like a new one. */
const FORGOTTEN_MS = 60_000
/** Processes that may speak on one channel. */
const MOST_ORIGINS = 10_000
/** After listening (again) has begun, numbers are taken as they come for so long: what was before is
 * nobody's loss. What is lost within it cannot be seen, so that the end of it counts as a loss. */
export const SETTLE_MS = 5_000

export type Origins = {
  /** Takes an envelope's number. False: at least one before it did not arrive. */
  next(origin: string, number: number): boolean
  /** Takes a heartbeat's number. False: at least one up to it did not arrive. */
  heard(origin: string, number: number): boolean
  /** Listening begins anew. */
  restart(): void
}

/** Which number of each origin was the last. Redis delivers one origin's envelopes in order or
 * not at all; on a Cluster one that was sent anew after a redirect may come late, which is no further loss. */
export function origins(now: () => number = Date.now): Origins {
  const last = new Map<string, { number: number; at: number }>()
  let settled = now() + SETTLE_MS

  function take(origin: string, number: number, expected: number | null): boolean {
    const known = last.get(origin)
    last.delete(origin)
    last.set(origin, { number: Math.max(number, known?.number ?? 0), at: now() })
    forget()
    if (!known) return now() < settled || number === (expected ?? 0)
    return number <= known.number + (expected ?? 0)
  }

  /** The longest silent come first. */
  function forget(): void {
    for (const [origin, { at }] of last) {
      if (last.size <= MOST_ORIGINS && now() - at < FORGOTTEN_MS) return
      last.delete(origin)
    }
  }

  return {
    next: (origin, number) => take(origin, number, 1),
    heard: (origin, number) => take(origin, number, null),
    restart() {
      last.clear()
      settled = now() + SETTLE_MS
    },
  }
}
