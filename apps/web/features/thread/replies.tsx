'use client'
import type { Id } from '@parley/protocol'
import type { ThreadView } from '@parley/sync'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import { isHead } from '../conversation/grouping.ts'
import { MessageSkeleton } from '../conversation/skeleton-row.tsx'
import { useFollow } from '../conversation/use-follow.ts'
import { useHighlight } from '../conversation/use-highlight.ts'
import { MessageRow } from '../message/message-row.tsx'
import { PendingRow } from '../message/pending-row.tsx'
import { useSync } from '../session/use-sync.ts'

const page = 50

/** The replies by their ordinals, under the message they answer. */
export function Replies({
  thread,
  conversation,
  root,
  target,
  top,
  editing,
  onEdit,
  onAtEnd,
}: {
  thread: ThreadView
  conversation: Id
  root: Id
  target?: number | undefined
  top: ReactNode
  editing: Id | null
  onEdit: (message: Id | null) => void
  onAtEnd: (atEnd: boolean) => void
}) {
  const { replies, pending, epoch } = thread
  const row = (index: number) => {
    const ordinal = index + 1
    if (ordinal > replies) {
      const mine = pending[ordinal - replies - 1]
      return mine ? <PendingRow pending={mine} /> : <div className="h-px" />
    }
    const message = thread.get(ordinal)
    if (!message) return <MissingReply {...{ conversation, root, ordinal, epoch }} />
    return (
      <MessageRow
        message={message}
        head={isHead(message, thread.get(ordinal - 1))}
        inThread
        highlighted={ordinal === highlighted}
        editing={editing === message.id}
        onEdit={onEdit}
      />
    )
  }
  const list = useRef<VirtuosoHandle>(null)
  const { atEnd, list: following } = useFollow(pending.length, list)
  useEffect(() => onAtEnd(atEnd), [onAtEnd, atEnd])
  const highlighted = useHighlight(target)
  // At a reply that was asked for, else at the first that is new, else under the message that is answered.
  const [start] = useState(() => Math.min(target ?? thread.followed?.read ?? 0, replies) - 1)
  return (
    <Virtuoso
      ref={list}
      role="log"
      aria-label="Replies"
      aria-live="off"
      className="min-h-0 flex-1"
      totalCount={replies + pending.length}
      itemContent={row}
      initialTopMostItemIndex={start > 0 ? { index: start, align: target ? 'center' : 'start' } : 0}
      atBottomThreshold={40}
      {...following}
      context={{ top, replies }}
      components={parts}
    />
  )
}

type Context = { top: ReactNode; replies: number }

const parts = {
  Header: ({ context }: { context?: Context }) =>
    context && (
      <>
        {context.top}
        <div className="mx-5 my-2 flex items-center gap-3 text-muted text-xs">
          {context.replies > 0 && `${context.replies} ${context.replies === 1 ? 'reply' : 'replies'}`}
          <span className="h-px flex-1 bg-line" />
        </div>
      </>
    ),
  Footer: () => <div className="h-3" />,
}

function MissingReply({
  conversation,
  root,
  ordinal,
  epoch,
}: {
  conversation: Id
  root: Id
  ordinal: number
  epoch: number
}) {
  const sync = useSync()
  const from = ordinal - ((ordinal - 1) % page)
  useEffect(() => {
    // Not answered: it stays a skeleton until the next epoch or sight of it.
    void sync.ensureThread(conversation, root, from, from + page - 1).catch(() => {})
  }, [sync, conversation, root, from, epoch])
  return <MessageSkeleton width="w-1/2" />
}
