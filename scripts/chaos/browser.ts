import { failureOf } from '@parley/api/browser/failure'
import type { Id } from '@parley/protocol'
import { type ErrorCode, isParleyError, ParleyError } from '@parley/protocol/errors'
import { nameOf } from './people.ts'
import type { Cookies } from './sign-in.ts'
import { WEB } from './stage/environment.ts'

/** No answer came: what was asked for may have happened or not, or may yet. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

/** Longer than a process stands still or a wire is silent. */
const ANSWER_MS = 20_000
const SIGNED_OUT = 401
const NEVER: ReadonlySet<ErrorCode> = new Set(['internal', 'signed_out', 'session_reused', 'bad_input'])

/**
 * One person's browser as the API sees it: cookies, the origin of our page, an address of its own, and tRPC over HTTP
 * (trpc.io/docs/rpc). An access token that has expired is renewed, once for all who wait for it.
 */
export class Browser {
  readonly #api: string
  readonly #cookies: Map<string, string>
  readonly #address: string
  #renewing: Promise<void> | null = null
  readonly #person: Id
  /** What nobody may ever be answered: a sentence each. */
  readonly failures: string[] = []

  constructor(api: string, person: Id, cookies: Cookies) {
    this.#person = person
    this.#api = api
    this.#cookies = new Map(Object.entries(cookies))
    this.#address = `10.0.${Number(person) >> 8}.${Number(person) & 255}`
  }

  /** @throws ParleyError as the server said, Unanswered */
  ask(path: string, input: object): Promise<unknown> {
    return this.#call('GET', `${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
  }

  /** @throws ParleyError as the server said, Unanswered */
  act(path: string, input: object): Promise<unknown> {
    return this.#call('POST', path, JSON.stringify(input))
  }

  async #call(method: string, path: string, body?: string): Promise<unknown> {
    let answer = await this.#fetch(method, `/api/trpc/${path}`, body)
    if (answer.status === SIGNED_OUT) {
      await this.#renew()
      answer = await this.#fetch(method, `/api/trpc/${path}`, body)
    }
    const { ok, said } = answer
    if (ok && isRecord(said) && isRecord(said.result)) return said.result.data
    throw this.#failed(path, said)
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#fetch('POST', '/api/session/refresh')
      .then(({ ok, said }) => {
        if (!ok) throw this.#failed('session/refresh', said)
      })
      .finally(() => {
        this.#renewing = null
      })
    return this.#renewing
  }

  async #fetch(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ ok: boolean; status: number; said: unknown }> {
    try {
      const answer = await fetch(`${this.#api}${path}`, {
        method,
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: {
          origin: WEB,
          cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'x-forwarded-for': this.#address,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
      })
      const said: unknown = await answer.json()
      for (const line of answer.headers.getSetCookie()) this.#keep(line)
      return { ok: answer.ok, status: answer.status, said }
    } catch (error) {
      throw new Unanswered(String((error as Error).cause ?? error))
    }
  }

  /** Nothing may fail by the API's own fault, and nobody here signs out or has anything stolen. */
  #failed(path: string, said: unknown): Error {
    const error = errorIn(said)
    if (isParleyError(error) && NEVER.has(error.code))
      this.failures.push(
        `${nameOf(this.#person)} asked for ${path.split('?')[0]} and was answered "${error.code}".`,
      )
    return error
  }

  #keep(line: string): void {
    const pair = line.slice(0, line.indexOf(';'))
    const at = pair.indexOf('=')
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

function errorIn(said: unknown): Error {
  const error = isRecord(said) && isRecord(said.error) ? said.error : null
  if (!error) return new Unanswered(`The API said: ${JSON.stringify(said)}`)
  const failure = failureOf(error.data ?? error)
  return failure.code === 'offline'
    ? new Unanswered(failure.says)
    : new ParleyError(failure.code, failure.says)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
