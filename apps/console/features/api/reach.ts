import { fetchRenewing, NotRenewed } from '@parley/api/browser/renew-session'
import { NotReached } from './read-error.ts'

/**
 * The server's answer, the session renewed for it where need be.
 * @throws NotReached, or what an abort throws
 */
export async function reach(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetchRenewing(url, init)
  } catch (error) {
    if (init?.signal?.aborted) throw error
    throw new NotReached(error instanceof NotRenewed ? error.failure : undefined)
  }
}
