'use client'
import { Loading } from '@parley/ui'
import { MessageSkeleton, skeletonWidths } from './skeleton-row.tsx'

export function HistorySkeleton() {
  return (
    <Loading className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden pb-3">
      {[...skeletonWidths, ...skeletonWidths].map((width, index) => (
        <MessageSkeleton key={index} width={width} />
      ))}
    </Loading>
  )
}
