/** It is not for this job's sake that it could not be done now: it is to begin anew in `ms`, as if it had not begun. */
export class Postponed extends Error {
  override readonly name = 'Postponed'
  readonly ms: number

  constructor(what: string, ms: number, options?: ErrorOptions) {
    super(what, options)
    this.ms = ms
  }
}
