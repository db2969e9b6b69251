import type { AppRouter } from '@parley/api/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { signInAgain } from '../entry/place.ts'
import { reach } from './reach.ts'
import { readError } from './read-error.ts'

const retries = 2
/** What a page shows may be this old before it is asked anew on a visit, in milliseconds. */
const fresh = 15_000

/** Refusals are final; what was not reached is tried again. */
export const retry = (failed: number, error: unknown) =>
  failed < retries && ['offline', 'unavailable', 'internal'].includes(readError(error).code)

function leaveIfSignedOut(error: Error): void {
  if (readError(error).code === 'signed_out') signInAgain()
}

/** One for the page: signing out loads it anew, so nothing in it outlives its session. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveIfSignedOut }),
  mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
  defaultOptions: { queries: { retry, staleTime: fresh } },
})

const client = createTRPCClient<AppRouter>({
  links: [httpLink({ url: '/api/trpc', fetch: (url, init) => reach(url, init as RequestInit) })],
})

/** Every procedure: `useQuery(trpc.people.list.queryOptions({…}))`, `useMutation(trpc.people.deactivate.mutationOptions())`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient: queries })

/** The same outside components. */
export const api = client

export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>
