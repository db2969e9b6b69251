'use client'
import { Loading, Skeleton } from '@parley/ui'
import { rowShape } from './conversation-row.tsx'

const widths = ['w-24', 'w-36', 'w-20', 'w-32', 'w-28', 'w-40', 'w-24']

/** The first section before it has come, at its place. */
export function RowSkeletons() {
  return (
    <Loading className="flex flex-col gap-px pt-3">
      <span className="-mb-px flex h-7 items-center px-2">
        <Skeleton className="h-3 w-18" />
      </span>
      {widths.map((width, index) => (
        <span key={index} className={rowShape}>
          <Skeleton className="mx-0.5 size-4 shrink-0" />
          <Skeleton className={`h-3.5 ${width}`} />
        </span>
      ))}
    </Loading>
  )
}
