import { ERRORS, type ErrorCode } from '@parley/protocol/errors'
import { TRPCClientError } from '@trpc/client'

/** What went wrong, as far as a person can act on it. `offline`: the server was not reached at all. */
export type Failure = { code: ErrorCode | 'offline'; says: string; field?: string; retryAfter?: number }

export const offline: Failure = {
  code: 'offline',
  says: 'The server cannot be reached. Check your connection, then try again.',
}

/** The server was not reached; its sentence stands wherever an error's message is shown. */
export class NotReached extends Error {
  override readonly name = 'NotReached'
  constructor() {
    super(offline.says)
  }
}

const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(ERRORS, code)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function failureOf(told: unknown, message?: unknown): Failure {
  const facts = isRecord(told) ? told : {}
  const code = isCode(facts.code) ? facts.code : 'internal'
  const says = [facts.message, message].find((each) => typeof each === 'string' && each !== '')
  return {
    code,
    says: typeof says === 'string' ? says : ERRORS[code].says,
    ...(typeof facts.field === 'string' ? { field: facts.field } : {}),
    ...(typeof facts.retryAfter === 'number' ? { retryAfter: facts.retryAfter } : {}),
  }
}

/** From anything that a call threw. */
export function readError(error: unknown): Failure {
  if (error instanceof NotReached) return offline
  if (!(error instanceof TRPCClientError)) return failureOf(null)
  return error.cause instanceof NotReached ? offline : failureOf(error.data, error.message)
}

/** From the answer of a plain HTTP route. */
export async function readAnswer(answer: Response): Promise<Failure> {
  const body: unknown = await answer.json().catch(() => null)
  return failureOf(isRecord(body) ? body.error : null)
}
