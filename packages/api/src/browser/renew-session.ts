import { type Failure, readAnswer } from './failure.ts'

/** After so long its answer counts as lost; the server takes the same token again then (sessions/refresh.ts, rule 2). */
const RENEWAL_MS = 15_000

/** The server could not find out whether the session stands: that is no word about it. */
export class NotRenewed extends Error {
  override readonly name = 'NotRenewed'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.says)
    this.failure = failure
  }
}

let underWay: Promise<boolean> | undefined

/**
 * Changes the refresh cookie for a new access cookie. One at a time for the whole page: two at once would look like
 * a stolen token, so `signal` ends the waiting only. False when the session is over; what cannot be reached, or cannot
 * tell, is not an answer, so it throws.
 */
export function renewSession(signal?: AbortSignal | null): Promise<boolean> {
  underWay ??= fetch('/api/session/refresh', { method: 'POST', signal: AbortSignal.timeout(RENEWAL_MS) })
    .then(async (answer) => {
      if (answer.status >= 500) throw new NotRenewed(await readAnswer(answer))
      return answer.ok
    })
    .finally(() => {
      underWay = undefined
    })
  if (!signal) return underWay
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return Promise.race([underWay, aborted])
}

const SIGNED_OUT = 401

/**
 * A request that is refused for an expired access token renews the session and is made once more.
 * @throws NotRenewed, or what `fetch` throws
 */
export async function fetchRenewing(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url, init)
  if (answer.status !== SIGNED_OUT || !(await renewSession(init?.signal))) return answer
  return fetch(url, init)
}
