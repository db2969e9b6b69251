'use client'
import { Button, EmptyState, ErrorState, Loading, Skeleton } from '@parley/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { readError } from '../api/read-error.ts'
import { api, trpc } from '../api/trpc.ts'
import { Section } from '../list/facts.tsx'
import { useMay } from '../session/use-me.ts'
import { retentionChanged } from './retention-changed.ts'
import { RunNow } from './run-now.tsx'
import { isActive, RunRow } from './run-row.tsx'

/** While a run is under way its progress is asked for this often, in milliseconds. */
const every = 1_000

/** Runs, newest first, and the way to begin one. */
export function Runs() {
  const mayRun = useMay('retention.manage')
  const runs = useInfiniteQuery({
    queryKey: [...trpc.retention.runs.queryKey({}), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.retention.runs.query(pageParam ? { cursor: pageParam } : {}, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isActive)) ? every : false,
  })
  const items = runs.data?.pages.flatMap((page) => page.items)
  const active = items?.some(isActive) ?? false
  const was = useRef(active)
  useEffect(() => {
    // What it removed is no longer to go.
    if (was.current && !active) void retentionChanged()
    was.current = active
  }, [active])
  return (
    <Section title="Runs" end={mayRun && <RunNow disabled={!items || active} />}>
      {runs.isError && !items ? (
        <ErrorState compact title="The runs could not be fetched" onRetry={() => runs.refetch()}>
          {readError(runs.error).says}
        </ErrorState>
      ) : !items ? (
        <Loading>
          <Skeleton className="h-24 w-full" />
        </Loading>
      ) : items.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState compact icon={History} title="Nothing has run yet">
            A run removes what is past its retention, once a day, in small steps that disturb nobody.
          </EmptyState>
        </div>
      ) : (
        <ul aria-label="Runs" className="flex flex-col divide-y rounded-lg border">
          {items.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
      {runs.hasNextPage && (
        <Button
          variant="quiet"
          className="self-start"
          busy={runs.isFetchingNextPage}
          onClick={() => runs.fetchNextPage()}
        >
          Earlier runs
        </Button>
      )}
    </Section>
  )
}
