import { silent } from '@parley/api/browser/failure'
import { attemptSignal } from '@parley/api/browser/patience'
import { NotReached } from '../api/read-error.ts'
import { api } from '../api/trpc.ts'
import type { Me } from './use-me.ts'

/**
 * Who is signed in: without an answer no page opens, so it is not waited for without end.
 * @throws NotReached, or what the server refuses with
 */
export async function askMe(): Promise<Me> {
  const signal = attemptSignal()
  try {
    return await api.people.me.query({}, { signal })
  } catch (error) {
    throw signal.aborted ? new NotReached(silent) : error
  }
}
