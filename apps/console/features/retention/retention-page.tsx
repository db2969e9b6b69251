'use client'
import { ErrorState, Loading, Skeleton } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { useMay } from '../session/use-me.ts'
import { Page } from '../shell/page.tsx'
import { ChannelPolicies } from './channel-policies.tsx'
import { OrganisationPolicy } from './organisation-policy.tsx'
import { Runs } from './runs.tsx'

/** How long messages are kept: the rule, its exceptions, and the runs that carry it out. */
export function RetentionPage() {
  return (
    <Page path="/retention">
      <Rules />
    </Page>
  )
}

function Rules() {
  const policies = useQuery(trpc.retention.policies.queryOptions({}))
  const mayChange = useMay('retention.manage')
  if (policies.isError && !policies.data)
    return (
      <ErrorState title="The retention could not be fetched" onRetry={() => policies.refetch()}>
        {readError(policies.error).says}
      </ErrorState>
    )
  if (!policies.data)
    return (
      <Loading className="flex flex-col gap-6">
        <Skeleton className="h-72 w-full" />
        <Skeleton className="h-40 w-full" />
        <Skeleton className="h-40 w-full" />
      </Loading>
    )
  return (
    <div className="flex flex-col gap-8">
      <OrganisationPolicy saved={policies.data.organisation} />
      <ChannelPolicies policies={policies.data} />
      <Runs />
      {!mayChange && <p className="text-muted">Your role sees the retention and does not change it.</p>}
    </div>
  )
}
