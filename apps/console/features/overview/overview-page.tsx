'use client'
import { ErrorState, Skeleton, Timestamp } from '@parley/ui'
import { readError } from '../api/read-error.ts'
import { Page } from '../shell/page.tsx'
import { AttentionList } from './attention-list.tsx'
import { DayCharts } from './day-charts.tsx'
import { LiveCharts } from './live-charts.tsx'
import { NodesTable } from './nodes-table.tsx'
import { QueueTable } from './queue-table.tsx'
import { StatRow } from './stat-row.tsx'
import { useFigures } from './use-figures.ts'

/** How the organisation and the installation are doing, as it changes. */
export function OverviewPage() {
  const { figures, samples } = useFigures()
  const { data } = figures
  return (
    <Page
      path="/overview"
      end={
        data && (
          <span>
            As of <Timestamp at={data.at} format="time" />
            {figures.isError && ', and not renewed since'}
          </span>
        )
      }
    >
      {figures.isError && !data ? (
        <ErrorState
          title="The figures could not be fetched"
          onRetry={() => figures.refetch()}
          retrying={figures.isFetching}
        >
          {readError(figures.error).says}
        </ErrorState>
      ) : (
        <>
          {data ? <AttentionList figures={data} /> : <Skeleton className="h-5 w-48" />}
          <StatRow figures={data} samples={samples} />
          {data ? (
            <DayCharts days={data.days} />
          ) : (
            <div className="grid gap-3 lg:grid-cols-2">
              <Skeleton className="h-73 w-full" />
              <Skeleton className="h-73 w-full" />
            </div>
          )}
          <LiveCharts samples={samples} />
          <div className="grid gap-x-3 gap-y-4 lg:grid-cols-2">
            {data?.nodes && <NodesTable nodes={data.nodes} />}
            {data?.queue && <QueueTable queue={data.queue} />}
          </div>
        </>
      )}
    </Page>
  )
}
