'use client'
import type { ConversationView } from '@parley/sync'
import { type RefObject, useEffect, useRef } from 'react'
import type { VirtuosoHandle } from 'react-virtuoso'
import { useSync } from '../session/use-sync.ts'
import { useVisits } from '../shell/place.ts'

/** Fetched around it before the list moves, so that it moves to finished rows. */
const around = 30

/** Leads to the message that the address names, each time that somebody is sent there. */
export function useTarget(
  { conversation: { id, floor, roots } }: ConversationView,
  target: number | undefined,
  list: RefObject<VirtuosoHandle | null>,
  stay: () => void,
): void {
  const sync = useSync()
  const visits = useVisits()
  const shown = useRef({ target, visits })
  const now = useRef({ floor, roots })
  now.current = { floor, roots }
  useEffect(() => {
    if (shown.current.target === target && shown.current.visits === visits) return
    shown.current = { target, visits }
    if (target === undefined) return
    const { floor, roots } = now.current
    const inside = Math.min(Math.max(target, floor + 1), roots)
    let left = false
    stay()
    const show = () => {
      if (!left)
        list.current?.scrollToIndex({
          index: inside - floor - 1,
          align: inside === roots ? 'end' : inside === floor + 1 ? 'start' : 'center',
        })
    }
    sync.ensure(id, Math.max(floor + 1, inside - around), Math.min(roots, inside + around)).then(show, show)
    return () => {
      left = true
    }
  }, [sync, id, target, visits, list, stay])
}
