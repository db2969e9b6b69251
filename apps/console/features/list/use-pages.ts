'use client'
import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'

/**
 * A list that is fetched page by page as it is looked at: `usePages(trpc.x.list.queryKey(input), (cursor, signal) =>
 * api.x.list.query({ ...input, cursor }, { signal }))`. `more` fetches the next page, and may be called at any time.
 *
 * Asking anew would fetch every page that was looked at: it is never done by itself. Whoever changes a row changes it
 * in the cache, or resets the query (`queries.resetQueries`), which begins at the first page.
 */
export function usePages<Page extends { next: string | null }>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>,
  enabled = true,
) {
  const pages = useInfiniteQuery({
    queryKey: [...queryKey, 'pages'],
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    enabled,
  })
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return { ...pages, more }
}
