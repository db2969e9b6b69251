import { failureOf, offline } from '@parley/api/browser/failure'
import { fetchRenewing, NotRenewed } from '@parley/api/browser/renew-session'
import type { MutationPath, Procedures, QueryPath } from './procedures.ts'
import { Refused } from './read-error.ts'

/**
 * tRPC over HTTP, one call a request (trpc.io/docs/rpc): a query is a GET with its input in the address, a mutation a
 * POST with it in the body. Written out, since the library's client costs the first load more than it does here.
 * @throws Refused, with what the server said or that it was not reached
 */
async function call(path: string, url: string, init: RequestInit): Promise<unknown> {
  const answer = await fetchRenewing(`/api/trpc/${path}${url}`, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new Refused(error instanceof NotRenewed ? error.failure : offline)
  })
  const body: { result?: { data?: unknown }; error?: { data?: unknown; message?: unknown } } | null =
    await answer.json().catch(() => null)
  init.signal?.throwIfAborted()
  if (answer.ok && body?.result) return body.result.data
  throw new Refused(failureOf(body?.error?.data, body?.error?.message))
}

export const ask = <Path extends QueryPath>(
  path: Path,
  input: Procedures[Path]['input'],
  signal?: AbortSignal,
): Promise<Procedures[Path]['output']> => {
  const url = `?input=${encodeURIComponent(JSON.stringify(input))}`
  return call(path, url, { signal: signal ?? null }) as Promise<Procedures[Path]['output']>
}

export const act = <Path extends MutationPath>(
  path: Path,
  input: Procedures[Path]['input'],
): Promise<Procedures[Path]['output']> =>
  call(path, '', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  }) as Promise<Procedures[Path]['output']>
