'use client'
import { Avatar, Badge, ErrorState, Loading, SidePanel, Skeleton } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { readError } from '../../api/read-error.ts'
import { type Outputs, trpc } from '../../api/trpc.ts'
import { STATUS_NAMES, STATUS_TONES } from '../words.ts'
import { AccountFacts } from './account-facts.tsx'
import { PersonActions } from './person-actions.tsx'
import { SessionList } from './session-list.tsx'

export type PersonDetail = Outputs['people']['detail']

/** One person beside the list: account, devices, and what may be done about them. */
export function PersonPanel({ person, onClose }: { person: string; onClose: () => void }) {
  const detail = useQuery(trpc.people.detail.queryOptions({ person }))
  const data = detail.data
  return (
    <SidePanel title={data?.name ?? 'Person'} onClose={onClose}>
      {data ? (
        <div className="flex flex-col gap-6 p-4">
          <div className="flex items-center gap-3">
            <Avatar id={data.id} name={data.name} size={48} decorative />
            <div className="min-w-0">
              <div className="font-semibold text-lg text-strong wrap-anywhere">{data.name}</div>
              <div className="flex flex-wrap items-center gap-2">
                {data.title && <span className="text-muted">{data.title}</span>}
                <Badge tone={STATUS_TONES[data.status]}>{STATUS_NAMES[data.status]}</Badge>
              </div>
            </div>
          </div>
          <PersonActions key={data.id} person={data} />
          <AccountFacts person={data} />
          <SessionList person={data} />
        </div>
      ) : detail.isError ? (
        <ErrorState
          compact
          title="This person could not be shown"
          onRetry={() => detail.refetch()}
          retrying={detail.isFetching}
        >
          {readError(detail.error).says}
        </ErrorState>
      ) : (
        <Loading className="flex flex-col gap-3 p-4">
          <Skeleton className="h-12 w-2/3" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-40 w-full" />
        </Loading>
      )}
    </SidePanel>
  )
}
