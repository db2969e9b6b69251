import { createTRPCUntypedClient, httpLink } from '@trpc/client'
import type { MutationPath, Procedures, QueryPath } from './procedures.ts'
import { renewSession } from './renew-session.ts'

const signedOut = 401

/** A request that is refused for an expired access token renews the session and is made once more. */
const fetchRenewing: typeof fetch = async (...request) => {
  const answer = await fetch(...request)
  if (answer.status !== signedOut || !(await renewSession())) return answer
  return fetch(...request)
}

const client = createTRPCUntypedClient({
  links: [httpLink({ url: '/api/trpc', fetch: (url, init) => fetchRenewing(url, init as RequestInit) })],
})

/** @throws ApiError's cause; read it with `readError`. */
export const ask = <Path extends QueryPath>(
  path: Path,
  input: Procedures[Path]['input'],
  signal?: AbortSignal,
): Promise<Procedures[Path]['output']> =>
  client.query(path, input, { signal }) as Promise<Procedures[Path]['output']>

export const act = <Path extends MutationPath>(
  path: Path,
  input: Procedures[Path]['input'],
): Promise<Procedures[Path]['output']> => client.mutation(path, input) as Promise<Procedures[Path]['output']>
