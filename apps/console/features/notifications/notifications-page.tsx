'use client'
import { Banner, ErrorState, Link, Skeleton } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { QueueTable } from '../overview/queue-table.tsx'
import { Page } from '../shell/page.tsx'
import { HoursChart } from './hours-chart.tsx'
import { StatRow } from './stat-row.tsx'
import { TracePanel } from './trace-panel.tsx'
import { TroublesTable } from './troubles-table.tsx'

/** In milliseconds. */
const every = 15_000

/** How people are told who are not looking: what is set up, what went out, and what did not. */
export function NotificationsPage() {
  const asked = useQuery(trpc.notifications.overview.queryOptions({}, { refetchInterval: every }))
  const [chosen, setChosen] = useState<string>()
  const overview = asked.data
  const trouble = overview?.troubles.find(({ id }) => id === chosen)
  return (
    <Page
      path="/notifications"
      panel={trouble && <TracePanel trouble={trouble} onClose={() => setChosen(undefined)} />}
    >
      {asked.isError && !overview ? (
        <ErrorState
          title="The figures could not be fetched"
          onRetry={() => asked.refetch()}
          retrying={asked.isFetching}
        >
          {readError(asked.error).says}
        </ErrorState>
      ) : (
        <>
          {overview && !overview.push.configured && (
            <Banner tone="warning">
              Push is not set up: what is not read in time goes by e-mail. Give the worker the service account
              of a Firebase project in FCM_SERVICE_ACCOUNT, and start it again.
            </Banner>
          )}
          {overview?.queues === null && (
            <Banner tone="warning">
              The queue does not answer, so how many jobs wait is not known. Notifications are kept, and go
              out when it does. See that Redis answers.
            </Banner>
          )}
          <StatRow overview={overview} />
          {overview ? <HoursChart hours={overview.hours} /> : <Skeleton className="h-73 w-full" />}
          <TroublesTable
            troubles={overview?.troubles}
            current={trouble?.id}
            onOpen={({ id }) => setChosen(id)}
          />
          {overview?.queues && <QueueTable queue={overview.queues} />}
          <p className="text-muted text-sm">
            How long a notification waits, and what of a message it may say, stands in the{' '}
            <Link href="/settings">settings</Link>.
          </p>
        </>
      )}
    </Page>
  )
}
