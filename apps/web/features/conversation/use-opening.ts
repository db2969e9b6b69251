'use client'
import type { Id } from '@parley/protocol'
import type { TimelineView } from '@parley/sync'
import { useEffect, useRef } from 'react'
import type { IndexLocationWithAlign } from 'react-virtuoso'
import { useConnection, useSync } from '../session/use-sync.ts'

/** Roots fetched around where the history opens: more than one screen either way. */
const around = 40

/**
 * Where to open: the message that a link names, else the first unread, else the end. Ready once that is here; whoever is
 * led elsewhere before that begins there, since there is no list yet that could move.
 */
export function useOpening(
  conversation: Id,
  timeline: TimelineView,
  target: number | undefined,
): { ready: boolean; at: IndexLocationWithAlign } {
  const sync = useSync()
  const connection = useConnection().state
  const { roots, floor } = timeline
  const wasReady = useRef(false)
  const opening = useRef<Opening | null>(null)
  if (!opening.current || (!wasReady.current && opening.current.target !== target))
    opening.current = { target, ...openingOf(timeline, target) }
  const { ordinal, align } = opening.current
  const inside = Math.min(Math.max(ordinal, floor + 1), Math.max(roots, floor + 1))
  useEffect(() => {
    const [from, to] = [Math.max(floor + 1, inside - around), Math.min(roots, inside + around)]
    // Not answered: the skeleton stays, and the next connection's epoch asks again.
    if (roots > floor) void sync.ensure(conversation, from, to).catch(() => {})
  }, [sync, conversation, inside, roots, floor, timeline.epoch, connection])
  wasReady.current ||= roots <= floor || timeline.get(inside) !== undefined
  return { ready: wasReady.current, at: { index: Math.max(0, inside - floor - 1), align } }
}

type Opening = { target: number | undefined; ordinal: number; align: 'start' | 'center' | 'end' }

function openingOf({ roots, firstUnreadOrdinal }: TimelineView, target: number | undefined) {
  if (target !== undefined) return { ordinal: target, align: 'center' as const }
  // One message before the line, so that it is seen what the new ones answer.
  if (firstUnreadOrdinal !== null) return { ordinal: firstUnreadOrdinal - 1, align: 'start' as const }
  return { ordinal: roots, align: 'end' as const }
}
