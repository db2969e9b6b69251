import { type Failure, failureOf, offline, silent } from '@parley/api/browser/failure'

/** A call that did not succeed. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.says)
    this.failure = failure
  }
}

/** From anything that a call threw, the sync engine's refusals included. */
export function readError(error: unknown): Failure {
  if (error instanceof Refused) return error.failure
  if (error instanceof TypeError) return offline
  if (error instanceof DOMException && error.name === 'TimeoutError') return silent
  return failureOf(error instanceof Error ? { ...error, message: error.message } : null)
}
