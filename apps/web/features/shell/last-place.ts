'use client'
import type { Id } from '@parley/protocol'
import type { ConversationView } from '@parley/sync'
import { useEffect } from 'react'
import { useConversations } from '../session/use-sync.ts'
import { inOrder } from '../sidebar/sections.ts'
import { type Place, pathTo } from './place.ts'

const key = 'parley:last-conversation'

/** What one person looked at last is not for the next one at this device. */
export const forgetLastPlace = () => localStorage.removeItem(key)

/** With room beside the list there is always a conversation in it: the last one, else the first. */
export function startPlace(all: readonly ConversationView[], except?: Id): string {
  if (!window.matchMedia('(min-width: 48rem)').matches) return '/'
  const last = localStorage.getItem(key)
  const others = inOrder(all).filter(({ conversation }) => conversation.id !== except)
  const found = others.find(({ conversation }) => conversation.id === last) ?? others[0]
  return found ? pathTo(found.conversation.id) : '/'
}

/** From the start to where one was the last time. */
export function useLastPlace(place: Place): void {
  const all = useConversations()
  const here: Id | null = place.at === 'conversation' ? place.conversation : null
  const atStart = place.at === 'start'
  useEffect(() => {
    if (here) localStorage.setItem(key, here)
  }, [here])
  useEffect(() => {
    if (!atStart) return
    const start = startPlace(all)
    if (start !== '/') window.history.replaceState(null, '', start)
  }, [atStart, all])
}
