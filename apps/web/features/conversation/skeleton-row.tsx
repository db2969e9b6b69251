'use client'
import type { Id } from '@parley/protocol'
import { Skeleton } from '@parley/ui'
import { useEffect } from 'react'
import { useSync } from '../session/use-sync.ts'

/** Asked for together, so that neighbouring rows make one request. */
const page = 50
/** A row that is scrolled past sooner than this asks for nothing. */
const patienceMs = 70

const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5', 'w-4/5']

/** The place of a message that is not here yet. Asks for its page once it stays in view. */
export function SkeletonRow({
  conversation,
  ordinal,
  epoch,
}: {
  conversation: Id
  ordinal: number
  epoch: number
}) {
  const sync = useSync()
  const from = ordinal - ((ordinal - 1) % page)
  useEffect(() => {
    // Not answered: the row stays a skeleton, and asks again when the next epoch or sight of it comes.
    const ask = () => void sync.ensure(conversation, from, from + page - 1).catch(() => {})
    const timer = setTimeout(ask, patienceMs)
    return () => clearTimeout(timer)
  }, [sync, conversation, from, epoch])
  return <MessageSkeleton width={widths[ordinal % widths.length] ?? 'w-1/2'} />
}

export function MessageSkeleton({ width }: { width: string }) {
  return (
    <div className="flex h-14 gap-3 px-5 pt-2 max-sm:px-3">
      <Skeleton className="size-9 shrink-0" />
      <div className="flex flex-1 flex-col gap-2 pt-0.5">
        <Skeleton className="h-3 w-28" />
        <Skeleton className={`h-3 ${width} max-w-lg`} />
      </div>
    </div>
  )
}

export { widths as skeletonWidths }
