import { ERRORS, type ErrorCode } from '@parley/protocol/errors'

/** What went wrong, as far as a person can act on it. `offline`: the server was not reached at all. */
export type Failure = { code: ErrorCode | 'offline'; says: string; field?: string; retryAfter?: number }

export const offline: Failure = {
  code: 'offline',
  says: 'The server cannot be reached. Check your connection, then try again.',
}

/** Nothing came back in time. */
export const silent: Failure = { code: 'offline', says: 'The server does not answer. Try again in a moment.' }

/** Whether the same may succeed later, with nothing done about it. */
export const passes = ({ code }: Failure): boolean => code === 'offline' || ERRORS[code].retry

const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(ERRORS, code)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** From what the server says about an error: its code, message, and the field that is to blame. */
export function failureOf(told: unknown, message?: unknown): Failure {
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

const PREDICATE = /^(is|must|needs|holds) /

/** The sentence as it stands beside the field that is to blame, which needs not name it again. */
export function besideField({ says, field }: Failure): string {
  if (!field || !says.startsWith(`${field}: `)) return says
  const rest = says.slice(field.length + 2)
  const sentence = PREDICATE.test(rest) ? `This ${rest}` : rest.charAt(0).toUpperCase() + rest.slice(1)
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}

/** From the answer of a plain HTTP route. */
export async function readAnswer(answer: Response): Promise<Failure> {
  const body: unknown = await answer.json().catch(() => null)
  return failureOf(isRecord(body) ? body.error : null)
}
