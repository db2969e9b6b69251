/**
 * It is not for this job's sake that it could not be done now: it is to begin anew, as if it had not begun. No sooner
 * than in `ms`, later the more often it was postponed, but not later than in `latestMs`.
 */
export class Postponed extends Error {
  override readonly name = 'Postponed'
  readonly ms: number
  readonly latestMs: number

  constructor(
    what: string,
    ms: number,
    { latestMs = Number.POSITIVE_INFINITY, ...options }: ErrorOptions & { latestMs?: number } = {},
  ) {
    super(what, options)
    this.ms = ms
    this.latestMs = latestMs
  }
}
