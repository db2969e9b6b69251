/** Everything that can go wrong for a caller, as one closed table: HTTP status, and whether the same request may succeed later. */
export const ERRORS = {
  bad_input: { status: 400, retry: false, says: 'Something in the request is not valid.' },
  signed_out: { status: 401, retry: false, says: 'Sign in to continue.' },
  wrong_credentials: { status: 401, retry: false, says: 'The e-mail address or password is not right.' },
  session_reused: {
    status: 401,
    retry: false,
    says: 'This session was ended because its token was used twice. Sign in again.',
  },
  not_allowed: { status: 403, retry: false, says: 'Your role does not allow this.' },
  scope_missing: { status: 403, retry: false, says: 'The token lacks the scope that this needs.' },
  not_found: { status: 404, retry: false, says: 'There is no such thing, or you may not see it.' },
  wrong_method: { status: 405, retry: false, says: 'This address is asked with another method.' },
  conflict: { status: 409, retry: false, says: 'This clashes with something that is already there.' },
  gone: { status: 410, retry: false, says: 'This has expired or was removed.' },
  too_large: { status: 413, retry: false, says: 'The request is larger than allowed.' },
  refused_by_policy: {
    status: 422,
    retry: false,
    says: 'A policy of your organisation does not allow this.',
  },
  key_reused: {
    status: 422,
    retry: false,
    says: 'This Idempotency-Key came before with another message. Give every message a key of its own.',
  },
  locked: { status: 423, retry: true, says: 'Too many failed attempts. Wait a while, then try again.' },
  too_many: { status: 429, retry: true, says: 'Too many requests. Wait a moment, then try again.' },
  internal: { status: 500, retry: true, says: 'Something failed on our side. It has been logged.' },
  unavailable: {
    status: 503,
    retry: true,
    says: 'A part of the system is not answering. Try again in a moment.',
  },
} as const satisfies Record<string, { status: number; retry: boolean; says: string }>

export type ErrorCode = keyof typeof ERRORS

/** An error that the caller is meant to see. Anything else that is thrown becomes `internal`. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError'
  readonly code: ErrorCode
  /** Where in the input, as a dotted path, when one field is to blame. */
  readonly field: string | undefined
  /** Seconds to wait before trying again, when known. */
  readonly retryAfter: number | undefined
  constructor(code: ErrorCode, message?: string, more: { field?: string; retryAfter?: number } = {}) {
    super(message ?? ERRORS[code].says)
    this.code = code
    this.field = more.field
    this.retryAfter = more.retryAfter
  }
}

export const isParleyError = (e: unknown): e is ParleyError => e instanceof ParleyError
