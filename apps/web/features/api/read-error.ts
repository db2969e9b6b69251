import { ERRORS, type ErrorCode } from '@parley/protocol'
import { TRPCClientError } from '@trpc/client'

/** What went wrong, as far as a person can act on it. `offline`: the server was not reached at all. */
export type Failure = { code: ErrorCode | 'offline'; says: string; field?: string; retryAfter?: number }

const offline: Failure = {
  code: 'offline',
  says: 'The server cannot be reached. Check your connection, then try again.',
}

type Told = { code?: unknown; error?: unknown; parley?: unknown; field?: unknown; retryAfter?: unknown }
const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in ERRORS
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function fromTold(told: unknown, message: string): Failure {
  const facts: Told = isRecord(told) ? told : {}
  const nested = isRecord(facts.parley) ? (facts.parley as Told) : facts
  const code = [nested.code, facts.error, facts.code].find(isCode) ?? 'internal'
  return {
    code,
    says: message || ERRORS[code].says,
    ...(typeof nested.field === 'string' ? { field: nested.field } : {}),
    ...(typeof nested.retryAfter === 'number' ? { retryAfter: nested.retryAfter } : {}),
  }
}

/** From anything that a call threw. */
export function readError(error: unknown): Failure {
  if (error instanceof TRPCClientError)
    return error.data ? fromTold(error.data, error.message) : { ...offline }
  if (error instanceof TypeError) return offline
  return { code: 'internal', says: error instanceof Error ? error.message : ERRORS.internal.says }
}

/** From the answer of a plain HTTP route. */
export async function readAnswer(answer: Response): Promise<Failure> {
  const body: unknown = await answer.json().catch(() => null)
  const inner = isRecord(body) && isRecord(body.error) ? body.error : body
  const message = isRecord(inner) ? (inner.message ?? inner.says) : ''
  return fromTold(inner, typeof message === 'string' ? message : '')
}
