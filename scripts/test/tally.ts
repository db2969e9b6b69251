/** What a part of the run came to. `missing` names what could not be had, and what was skipped for it. */
export type Tally = { passed: number; failed: number; skipped: number; missing: string[] }

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, missing: [] }

export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    missing: [...one.missing, ...other.missing],
  }
}

/** The last line of every run. */
export function summary({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
