import { type ErrorCode, ParleyError } from '@parley/protocol'

/**
 * What an act returns when it refuses and what it wrote must stay: a counter, an audit event, a session that is over.
 * Throwing would roll that back. Every door hands results to `orThrow`. `about`: what the audit event is made from.
 */
export class Refusal<About = unknown> {
  readonly code: ErrorCode
  readonly about: About
  readonly message: string | undefined
  readonly retryAfter: number | undefined
  constructor(code: ErrorCode, about: About, more: { message?: string; retryAfter?: number } = {}) {
    this.code = code
    this.about = about
    this.message = more.message
    this.retryAfter = more.retryAfter
  }
}

/** @throws ParleyError for a refusal */
export function orThrow<Result>(result: Result): Exclude<Result, Refusal> {
  if (result instanceof Refusal)
    throw new ParleyError(result.code, result.message, { retryAfter: result.retryAfter })
  return result as Exclude<Result, Refusal>
}
