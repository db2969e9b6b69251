import { type Failure, failureOf, offline } from '@parley/api/browser/failure'
import { TRPCClientError } from '@trpc/client'

/** The server was not reached, or could not look; its sentence stands wherever an error's message is shown. */
export class NotReached extends Error {
  override readonly name = 'NotReached'
  readonly failure: Failure
  constructor(failure = offline) {
    super(failure.says)
    this.failure = failure
  }
}

/** From anything that a call threw. */
export function readError(error: unknown): Failure {
  if (error instanceof NotReached) return error.failure
  if (!(error instanceof TRPCClientError)) return failureOf(null)
  return error.cause instanceof NotReached ? error.cause.failure : failureOf(error.data, error.message)
}
