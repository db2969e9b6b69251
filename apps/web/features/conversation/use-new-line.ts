'use client'
import type { ConversationView, TimelineView } from '@parley/sync'
import { useEffect, useRef, useState } from 'react'

/**
 * The ordinal above which "new" stands. It stays where it was when the conversation was opened, although reading
 * moves the position on; it comes anew for what arrives while nobody looks, and when somebody marks unread from here.
 */
export function useNewLine(
  { membership }: ConversationView,
  timeline: TimelineView,
  atEnd: boolean,
): number | null {
  const { firstUnreadOrdinal } = timeline
  const [from, setFrom] = useState(firstUnreadOrdinal)
  const read = useRef(membership.readOrdinal)
  useEffect(() => {
    const wentBack = membership.readOrdinal < read.current
    read.current = membership.readOrdinal
    if (wentBack) return setFrom(membership.readOrdinal + 1)
    const unwatched = !atEnd || !document.hasFocus()
    if (firstUnreadOrdinal !== null && unwatched)
      setFrom((now) => (now === null || now < firstUnreadOrdinal ? firstUnreadOrdinal : now))
  }, [membership.readOrdinal, firstUnreadOrdinal, atEnd])
  return from
}
