import { NotRenewed, renewSession } from '@parley/api/browser/renew-session'
import { NotReached } from './read-error.ts'

const signedOut = 401

/**
 * A request that is refused for an expired access token renews the session and is made once more.
 * @throws NotReached, or what an abort throws
 */
export async function fetchRenewing(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(url, init)
    if (answer.status !== signedOut || !(await renewSession(init?.signal))) return answer
    return await fetch(url, init)
  } catch (error) {
    if (init?.signal?.aborted) throw error
    throw new NotReached(error instanceof NotRenewed ? error.failure : undefined)
  }
}
