'use client'
import type { Id } from '@parley/protocol'
import { usePathname } from 'next/navigation'
import { useMemo } from 'react'

/** Where in the application somebody is. `ordinal`: a root message's place in its conversation. */
export type Place =
  | { at: 'start' }
  | { at: 'conversation'; conversation: Id; ordinal?: number; root?: Id }
  | { at: 'nowhere' }

const shape = /^\/c\/(\d{1,19})(?:\/(?:m\/(\d{1,10})|t\/(\d{1,19})))?\/?$/

/** The addresses: `/`, `/c/ID`, `/c/ID/m/ORDINAL` (a message among the others), `/c/ID/t/ROOT` (a thread beside them). */
export function placeOf(path: string): Place {
  if (path === '/') return { at: 'start' }
  const [, conversation, ordinal, root] = shape.exec(path) ?? []
  if (!conversation) return { at: 'nowhere' }
  return {
    at: 'conversation',
    conversation,
    ...(ordinal ? { ordinal: Number(ordinal) } : {}),
    ...(root ? { root } : {}),
  }
}

export const pathTo = (conversation: Id) => `/c/${conversation}`
export const pathToMessage = (conversation: Id, ordinal: number) => `/c/${conversation}/m/${ordinal}`
export const pathToThread = (conversation: Id, root: Id) => `/c/${conversation}/t/${root}`

export function usePlace(): Place {
  const path = usePathname()
  return useMemo(() => placeOf(path), [path])
}

/** Goes there without asking the server: the shell is the same for every place. */
export function go(path: string): void {
  if (path !== window.location.pathname) window.history.pushState(null, '', path)
}
