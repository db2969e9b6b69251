import { type Failure, failureOf, offline } from '@parley/api/browser/failure'
import { TRPCClientError } from '@trpc/client'

/** The server was not reached; its sentence stands wherever an error's message is shown. */
export class NotReached extends Error {
  override readonly name = 'NotReached'
  constructor() {
    super(offline.says)
  }
}

/** From anything that a call threw. */
export function readError(error: unknown): Failure {
  if (error instanceof NotReached) return offline
  if (!(error instanceof TRPCClientError)) return failureOf(null)
  return error.cause instanceof NotReached ? offline : failureOf(error.data, error.message)
}
