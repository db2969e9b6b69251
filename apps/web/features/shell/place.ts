'use client'
import type { Id } from '@parley/protocol'
import { usePathname } from 'next/navigation'
import { useMemo, useSyncExternalStore } from 'react'

/** Where in the application somebody is. `ordinal`: a root message's place in its conversation. */
export type Place =
  | { at: 'start' }
  | { at: 'conversation'; conversation: Id; ordinal?: number; root?: Id; reply?: number }
  | { at: 'nowhere' }

const shape = /^\/c\/(\d{1,19})(?:\/(?:m\/(\d{1,10})|t\/(\d{1,19})(?:\/(\d{1,10}))?))?\/?$/

/** The addresses: `/`, `/c/ID`, `/c/ID/m/ORDINAL` (a message among the others), `/c/ID/t/ROOT` (a thread beside them), `/c/ID/t/ROOT/ORDINAL` (a reply in it). */
export function placeOf(path: string): Place {
  if (path === '/') return { at: 'start' }
  const [, conversation, ordinal, root, reply] = shape.exec(path) ?? []
  if (!conversation) return { at: 'nowhere' }
  return {
    at: 'conversation',
    conversation,
    ...(ordinal ? { ordinal: Number(ordinal) } : {}),
    ...(root ? { root } : {}),
    ...(reply ? { reply: Number(reply) } : {}),
  }
}

export const pathTo = (conversation: Id) => `/c/${conversation}`
export const pathToMessage = (conversation: Id, ordinal: number) => `/c/${conversation}/m/${ordinal}`
export const pathToThread = (conversation: Id, root: Id, reply?: number) =>
  `/c/${conversation}/t/${root}${reply ? `/${reply}` : ''}`

export function usePlace(): Place {
  const path = usePathname()
  return useMemo(() => placeOf(path), [path])
}

let visits = 0
const visitors = new Set<() => void>()
const onVisit = (listener: () => void) => {
  visitors.add(listener)
  return () => visitors.delete(listener)
}

/** Grows when somebody is led to where they are already: a link must work twice. */
export const useVisits = (): number =>
  useSyncExternalStore(
    onVisit,
    () => visits,
    () => 0,
  )

/** Goes there without asking the server: the shell is the same for every place. */
export function go(path: string): void {
  if (path !== window.location.pathname) {
    window.history.pushState(null, '', path)
    return
  }
  visits++
  for (const listener of visitors) listener()
}
