'use client'
import type { ConversationView } from '@parley/sync'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useSync } from '../session/use-sync.ts'

/** Whether somebody can be looking: the page is shown and has the focus. */
export function useWatched(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const events = ['focus', 'blur', 'visibilitychange'] as const
      for (const event of events) window.addEventListener(event, listener)
      document.addEventListener('visibilitychange', listener)
      return () => {
        for (const event of events) window.removeEventListener(event, listener)
        document.removeEventListener('visibilitychange', listener)
      }
    },
    () => document.hasFocus() && document.visibilityState === 'visible',
    () => false,
  )
}

/** Seen for less than this is passed over, not read: a list that is being laid out is at its end for a moment. */
const seenAfterMs = 250

/** Reading is seeing the end. `isAtEnd` looks once more. Who marked something unread on purpose keeps it so until more arrives. */
export function useMarkRead(
  { conversation, membership }: ConversationView,
  endShown: boolean,
  isAtEnd: () => boolean,
): void {
  const sync = useSync()
  const watched = useWatched()
  const before = useRef({ read: membership.readSeq, held: null as number | null })
  const { id, seq } = conversation
  const { readSeq } = membership
  useEffect(() => {
    if (readSeq < before.current.read) before.current.held = seq
    before.current.read = readSeq
    if (!endShown || !watched || readSeq >= seq || before.current.held === seq) return
    const timer = setTimeout(() => {
      // Not answered: the next sight of the end tries again.
      if (isAtEnd()) void sync.markRead(id, seq).catch(() => {})
    }, seenAfterMs)
    return () => clearTimeout(timer)
  }, [sync, id, seq, readSeq, endShown, watched, isAtEnd])
}
