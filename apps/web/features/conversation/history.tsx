'use client'
import type { Id } from '@parley/protocol'
import type { ConversationView } from '@parley/sync'
import { useCallback, useRef } from 'react'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import { MessageRow } from '../message/message-row.tsx'
import { PendingRow } from '../message/pending-row.tsx'
import { useSync, useTimeline } from '../session/use-sync.ts'
import { go, pathTo, pathToMessage } from '../shell/place.ts'
import { Divided } from './divided.tsx'
import { isHead } from './grouping.ts'
import { HistorySkeleton } from './history-skeleton.tsx'
import { HistoryStart } from './history-start.tsx'
import { JumpPill } from './jump-pill.tsx'
import { SkeletonRow } from './skeleton-row.tsx'
import { useFollow } from './use-follow.ts'
import { useHighlight } from './use-highlight.ts'
import { useHistoryKeys } from './use-history-keys.ts'
import { useMarkRead } from './use-mark-read.ts'
import { useNewLine } from './use-new-line.ts'
import { useOpening } from './use-opening.ts'
import { useTarget } from './use-target.ts'

/** Drawn beyond both edges, so that scrolling meets finished rows. Pixels. */
const beyond = { top: 800, bottom: 600 }
/** Nearer to the end than this counts as being at it. Pixels. */
const nearEnd = 40

/**
 * The root messages by their ordinals, all of them addressable from the first moment: what is not here yet is a
 * skeleton that asks for itself, so the scrollbar tells the truth and nothing is inserted above what is being read.
 */
export function History({
  mine,
  title,
  target,
  editing,
  onEdit,
}: {
  mine: ConversationView
  title: string
  target?: number
  editing: Id | null
  onEdit: (message: Id | null) => void
}) {
  const { conversation } = mine
  const sync = useSync()
  const timeline = useTimeline(conversation.id)
  const { roots, floor, pending, epoch } = timeline
  const list = useRef<VirtuosoHandle>(null)
  const wroteAway = useRef(() => {})
  const {
    atEnd,
    toEnd,
    toEndStill,
    stay,
    list: following,
  } = useFollow(
    pending.length,
    list,
    useCallback(() => wroteAway.current(), []),
  )
  const toPresent = useCallback(() => {
    toEnd()
    // Once more when the rows there have their heights. Not answered: the list stands at its end as far as it is known.
    sync.ensure(conversation.id, Math.max(floor + 1, roots - 50), roots).then(
      () => requestAnimationFrame(toEndStill),
      () => {},
    )
  }, [sync, conversation.id, floor, roots, toEnd, toEndStill])
  wroteAway.current = toPresent
  const opening = useOpening(conversation.id, timeline, target)
  const newFrom = useNewLine(mine, timeline, atEnd)
  const highlighted = useHighlight(target)
  const scroller = useRef<HTMLElement | Window | null>(null)
  const keepScroller = useCallback((box: HTMLElement | Window | null) => {
    scroller.current = box
  }, [])
  const isAtEnd = useCallback(() => {
    const box = scroller.current
    return !(box instanceof HTMLElement) || box.scrollHeight - box.scrollTop - box.clientHeight <= nearEnd
  }, [])
  useMarkRead(mine, atEnd && opening.ready, isAtEnd)

  const total = roots - floor + pending.length
  useTarget(mine, target, list, stay)
  useHistoryKeys(
    useCallback(() => go(pathToMessage(conversation.id, floor + 1)), [conversation.id, floor]),
    useCallback(() => {
      go(pathTo(conversation.id))
      toPresent()
    }, [conversation.id, toPresent]),
  )

  const row = useCallback(
    (index: number) => {
      const ordinal = index
      if (ordinal > roots) {
        const mineToSend = pending[ordinal - roots - 1]
        return mineToSend ? <PendingRow pending={mineToSend} /> : <div className="h-px" />
      }
      const message = timeline.get(ordinal)
      if (!message) return <SkeletonRow conversation={conversation.id} ordinal={ordinal} epoch={epoch} />
      const before = ordinal > floor + 1 ? timeline.get(ordinal - 1) : undefined
      const first = ordinal === floor + 1
      const row = (
        <Divided message={message} before={before} first={first} isNew={ordinal === newFrom}>
          <MessageRow
            message={message}
            head={ordinal === newFrom || isHead(message, before)}
            editing={editing === message.id}
            highlighted={ordinal === highlighted}
            onEdit={onEdit}
          />
        </Divided>
      )
      // Part of the row, so that in a short conversation it stands right above what was said.
      if (!first) return row
      return (
        <>
          <HistoryStart mine={mine} title={title} />
          {row}
        </>
      )
    },
    [
      timeline,
      roots,
      floor,
      pending,
      epoch,
      conversation.id,
      newFrom,
      editing,
      highlighted,
      onEdit,
      mine,
      title,
    ],
  )

  if (!opening.ready) return <HistorySkeleton />
  if (total === 0)
    return (
      <div className="flex min-h-0 flex-1 flex-col justify-end overflow-y-auto">
        <HistoryStart mine={mine} title={title} />
      </div>
    )
  return (
    <div className="relative min-h-0 flex-1">
      <Virtuoso
        ref={list}
        scrollerRef={keepScroller}
        role="log"
        aria-label={`Messages in ${title}`}
        aria-live="off"
        className="size-full overscroll-contain"
        totalCount={total}
        firstItemIndex={floor + 1}
        initialTopMostItemIndex={opening.at}
        itemContent={row}
        alignToBottom
        increaseViewportBy={beyond}
        atBottomThreshold={nearEnd}
        {...following}
        components={parts}
      />
      {!atEnd && <JumpPill mine={mine} onJump={toPresent} />}
    </div>
  )
}

/** Made once: new component types would make Virtuoso mount everything anew. */
const parts = { Footer: () => <div className="h-3" /> }
