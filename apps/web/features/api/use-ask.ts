import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { act, ask } from './client.ts'
import type { MutationPath, Procedures, QueryPath } from './procedures.ts'
import { readError } from './read-error.ts'

const retries = 2

/** Refusals are final; what was not reached is tried again. */
const retry = (failed: number, error: unknown) =>
  failed < retries && ['offline', 'unavailable', 'internal'].includes(readError(error).code)

export function useAsk<Path extends QueryPath>(
  path: Path,
  input: Procedures[Path]['input'],
  options: { enabled?: boolean; keep?: boolean; staleTime?: number } = {},
) {
  return useQuery({
    queryKey: [path, input],
    queryFn: ({ signal }) => ask(path, input, signal),
    enabled: options.enabled ?? true,
    staleTime: options.staleTime ?? 0,
    placeholderData: options.keep ? keepPreviousData : undefined,
    retry,
  })
}

type Paged = 'conversations.browse' | 'conversations.members' | 'messages.search'

/** Pages of a list, one after the other. */
export function useAskPages<Path extends Paged>(
  path: Path,
  input: Omit<Procedures[Path]['input'], 'cursor'>,
  enabled = true,
) {
  return useInfiniteQuery({
    queryKey: [path, input],
    queryFn: ({ pageParam, signal }) =>
      ask(path, { ...input, cursor: pageParam } as Procedures[Path]['input'], signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    retry,
  })
}

/** `stale`: what must be asked anew once it is done. */
export function useAct<Path extends MutationPath>(path: Path, stale: QueryPath[] = []) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Procedures[Path]['input']) => act(path, input),
    onSuccess: () => Promise.all(stale.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
