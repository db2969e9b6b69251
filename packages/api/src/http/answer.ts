import { databaseAway } from '@parley/domain/database-away'
import type { Log } from '@parley/domain/ports'
import { ERRORS, ParleyError } from '@parley/protocol'

export type ErrorBody = { error: { code: string; message: string; field?: string; retryAfter?: number } }

/** Nothing that the API says may be kept by anybody on the way. */
export function json(body: unknown, status = 200, headers = new Headers()): Response {
  headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  return Response.json(body, { status, headers })
}

/**
 * What the caller is told. What nobody meant to happen is logged, and told only as that. The database may be away beside
 * acts, too: who asks is looked up before there is any.
 */
export function toParleyError(thrown: unknown, log: Log, where: string): ParleyError {
  if (thrown instanceof ParleyError) return thrown
  const away = databaseAway(thrown)
  if (away) return away
  log.error('a request failed', thrown, { where })
  return new ParleyError('internal')
}

export const errorBody = ({ code, message, field, retryAfter }: ParleyError): ErrorBody => ({
  error: { code, message, ...(field && { field }), ...(retryAfter && { retryAfter }) },
})

export function errorAnswer(error: ParleyError): Response {
  const headers = new Headers()
  if (error.retryAfter) headers.set('retry-after', String(error.retryAfter))
  return json(errorBody(error), ERRORS[error.code].status, headers)
}
