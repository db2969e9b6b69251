/** Failures in a row, and until when nothing more is accepted. */
export type Failures = { failed: number; lockedUntil: Date | null }

const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 3_600_000
/** So long after the last wait was over, the count begins anew. */
const FORGET_MS = 24 * 3_600_000

/** Seconds to wait before the next try; null when none. */
export function waitOf({ lockedUntil }: Failures, now: Date): number | null {
  const left = (lockedUntil?.getTime() ?? 0) - now.getTime()
  return left > 0 ? Math.ceil(left / 1_000) : null
}

/** After one more failure: from the `allowed`th on, waits of a minute, two, four … at most an hour. */
export function afterFailure(before: Failures, allowed: number, now: Date): Failures {
  const over = before.lockedUntil && now.getTime() - before.lockedUntil.getTime() > FORGET_MS
  const failed = (over ? 0 : before.failed) + 1
  if (failed < allowed) return { failed, lockedUntil: null }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failed - allowed), LONGEST_WAIT_MS)
  return { failed, lockedUntil: new Date(now.getTime() + wait) }
}
