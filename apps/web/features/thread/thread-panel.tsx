'use client'
import type { Id } from '@parley/protocol'
import { ErrorState, Loading, SidePanel } from '@parley/ui'
import { useCallback, useEffect, useState } from 'react'
import { Composer } from '../composer/composer.tsx'
import { TypingLine } from '../composer/typing-line.tsx'
import { lastOwnMessage } from '../conversation/last-own-message.ts'
import { MessageSkeleton, skeletonWidths } from '../conversation/skeleton-row.tsx'
import { titleOf, useTitles } from '../conversation/titles.ts'
import { MessageRow } from '../message/message-row.tsx'
import { useConversation, useMe, useReady, useSync, useThread } from '../session/use-sync.ts'
import { Replies } from './replies.tsx'
import { useMarkThreadRead } from './use-mark-thread-read.ts'

/** A root message and its replies, with a composer of its own, beside the conversation that goes on. */
export function ThreadPanel({
  conversation,
  root,
  target,
  onClose,
}: {
  conversation: Id
  root: Id
  /** The reply to open at. */
  target?: number | undefined
  onClose: () => void
}) {
  const sync = useSync()
  const me = useMe()
  const ready = useReady()
  const mine = useConversation(conversation)
  const thread = useThread(conversation, root)
  const titles = useTitles(mine ? [mine.conversation] : [])
  const [editing, setEditing] = useState<Id | null>(null)
  const [atEnd, setAtEnd] = useState(false)
  const [late, setLate] = useState(false)
  useMarkThreadRead(conversation, root, thread, atEnd)
  const here = mine !== undefined
  const ask = useCallback(
    // Not answered: said below, with a way to ask again.
    () => {
      const from = target ? Math.max(1, target - firstPage / 2) : 1
      void sync.ensureThread(conversation, root, from, from + firstPage - 1).catch(() => setLate(true))
    },
    [sync, conversation, root, target],
  )

  useEffect(() => {
    if (ready && here) ask()
    const timer = setTimeout(() => setLate(true), notComingMs)
    return () => clearTimeout(timer)
  }, [ask, ready, here])
  const editLast = useCallback(() => {
    const last = lastOwnMessage(sync.thread(conversation, root), me.id)
    if (last) setEditing(last.id)
    return last !== undefined
  }, [sync, conversation, root, me.id])

  if (!mine) return null
  const title = titleOf(mine.conversation, titles)
  return (
    <SidePanel
      title="Thread"
      subtitle={mine.conversation.name ? `#${title}` : title}
      onClose={onClose}
      footer={
        mine.conversation.archived ? null : (
          <div className="shrink-0 px-3 pb-[max(0.25rem,env(safe-area-inset-bottom))]">
            <Composer conversation={conversation} root={root} label="Reply…" onEditLast={editLast} />
            <TypingLine conversation={conversation} root={root} />
          </div>
        )
      }
    >
      {thread.root ? (
        <Replies
          thread={thread}
          conversation={conversation}
          root={root}
          target={target}
          onAtEnd={setAtEnd}
          editing={editing}
          onEdit={setEditing}
          top={
            <MessageRow
              message={thread.root}
              head
              inThread
              editing={editing === thread.root.id}
              onEdit={setEditing}
            />
          }
        />
      ) : late ? (
        <ErrorState compact title="This thread could not be shown" onRetry={ask}>
          Its first message may have been removed, or the server cannot be reached.
        </ErrorState>
      ) : (
        <Loading className="pt-2">
          {skeletonWidths.map((width) => (
            <MessageSkeleton key={width} width={width} />
          ))}
        </Loading>
      )}
    </SidePanel>
  )
}

const firstPage = 50
/** After this long a thread that was asked for is said to be missing. */
const notComingMs = 8_000
