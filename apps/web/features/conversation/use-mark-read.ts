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

/** Reading is seeing the end. Who marked something unread on purpose keeps it so until more arrives. */
export function useMarkRead({ conversation, membership }: ConversationView, endShown: boolean): void {
  const sync = useSync()
  const watched = useWatched()
  const before = useRef({ read: membership.readSeq, held: null as number | null })
  const { id, seq } = conversation
  const { readSeq } = membership
  useEffect(() => {
    if (readSeq < before.current.read) before.current.held = seq
    before.current.read = readSeq
    if (!endShown || !watched || readSeq >= seq || before.current.held === seq) return
    // Not answered: the next sight of the end tries again.
    void sync.markRead(id, seq).catch(() => {})
  }, [sync, id, seq, readSeq, endShown, watched])
}
