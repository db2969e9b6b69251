import { queries, trpc } from '../api/trpc.ts'

/** After a provider was made, changed or removed: what is shown is asked for again. */
export const providersChanged = (): Promise<void> =>
  queries.invalidateQueries({ queryKey: trpc.identity.listProviders.pathKey() })
