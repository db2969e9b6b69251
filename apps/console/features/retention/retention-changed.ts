import { queries, trpc } from '../api/trpc.ts'

/** Policies, what would go, and runs are asked for anew. */
export const retentionChanged = (): Promise<void> =>
  queries.invalidateQueries({ queryKey: trpc.retention.pathKey() })
