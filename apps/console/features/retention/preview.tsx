'use client'
import { ErrorState, formatCount, Loading, Skeleton, Timestamp, useUiLocale } from '@parley/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { MonthPlot } from './month-plot.tsx'
import { TopList } from './top-list.tsx'
import { useSettled } from './use-settled.ts'
import { countsInWords, isDays, type Keep, type Preview as Seen } from './words.ts'

/** What saving this would remove, asked of the server as it is typed. */
export function usePreview(conversation: string | null, keep: Keep, enabled: boolean) {
  const settled = useSettled(keep)
  const query = useQuery(
    trpc.retention.preview.queryOptions(
      { conversation, keep: settled },
      { enabled: enabled && isDays(settled), placeholderData: keepPreviousData },
    ),
  )
  /** It answers an older question than the form asks. */
  const behind = settled !== keep || query.isPlaceholderData
  return { query, behind }
}

/** The consequences before they are: how much, from when to when, by month, and where. */
export function Preview({ preview: { query, behind } }: { preview: ReturnType<typeof usePreview> }) {
  if (query.isError && !query.data)
    return (
      <ErrorState compact title="What would go could not be counted" onRetry={() => query.refetch()}>
        {readError(query.error).says}
      </ErrorState>
    )
  if (!query.data)
    return (
      <Loading>
        <Skeleton className="h-56 w-full" />
      </Loading>
    )
  return (
    <div aria-busy={behind || undefined} className={behind ? 'opacity-60 transition-opacity' : undefined}>
      <Consequences seen={query.data} />
    </div>
  )
}

export function Consequences({ seen }: { seen: Seen }) {
  const { locale } = useUiLocale()
  const { all, months, conversations } = seen
  if (all.messages === 0 && all.files === 0)
    return <p className="text-muted">Nothing is that old: the next run would remove nothing.</p>
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose">
        The next run would remove <strong className="text-strong">{countsInWords(all, locale)}</strong>
        {all.threads > 0 &&
          `, among them the beginnings of ${formatCount(all.threads, ['thread', 'threads'], locale)}`}
        {all.oldest !== null && all.newest !== null && (
          <>
            , from <Timestamp at={all.oldest} /> to <Timestamp at={all.newest} />
          </>
        )}
        .
      </p>
      <MonthPlot months={months} />
      {conversations.length > 1 && <TopList conversations={conversations} all={all.messages} />}
    </div>
  )
}
