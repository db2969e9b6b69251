'use client'
import { useEffect } from 'react'
import { titleOf, useTitles } from '../conversation/titles.ts'
import { useConversations } from '../session/use-sync.ts'
import { badgeTotal } from '../sidebar/sections.ts'
import type { Place } from './place.ts'

/** The tab says where one is, and how much waits. */
export function useTitle(place: Place): void {
  const mine = useConversations()
  const here = place.at === 'conversation' ? mine.find((m) => m.conversation.id === place.conversation) : null
  const titles = useTitles(here ? [here.conversation] : [])
  const waiting = badgeTotal(mine)
  const name = here ? titleOf(here.conversation, titles) : ''
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name ? `${name} · ` : ''}Parley`
  }, [waiting, name])
}
