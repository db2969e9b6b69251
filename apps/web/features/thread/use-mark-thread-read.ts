'use client'
import type { Id } from '@parley/protocol'
import type { ThreadView } from '@parley/sync'
import { useEffect } from 'react'
import { useWatched } from '../conversation/use-mark-read.ts'
import { useSync } from '../session/use-sync.ts'

/** For a thread that I follow: seen to its end is read. */
export function useMarkThreadRead(conversation: Id, root: Id, thread: ThreadView, endShown: boolean): void {
  const sync = useSync()
  const watched = useWatched()
  const { replies } = thread
  const read = thread.followed?.read
  const here = replies > 0 && thread.get(replies) !== undefined
  useEffect(() => {
    if (!endShown || !watched || !here || read === undefined || read >= replies) return
    // Not answered: the next sight of the end tries again.
    void sync.markThreadRead(conversation, root, replies).catch(() => {})
  }, [sync, conversation, root, endShown, watched, here, read, replies])
}
