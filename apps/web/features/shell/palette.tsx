'use client'
import { CommandPalette, type PaletteGroup } from '@parley/ui'
import { useDeferredValue, useLayoutEffect, useState } from 'react'
import { useAsk } from '../api/use-ask.ts'
import { titleOf, useTitles } from '../conversation/titles.ts'
import { useConversations, useSession } from '../session/use-sync.ts'
import { actionItems, conversationItems, personItems } from './palette-items.tsx'
import { useShell } from './shell-context.ts'
import { endTypingAhead } from './typed-ahead.ts'

const shownAtOnce = 12

/** Every conversation, person and action by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const session = useSession()
  const shell = useShell()
  const [query, setQuery] = useState('')
  // Before the browser can hand the next key to the field, which would then begin with that key alone.
  useLayoutEffect(() => {
    const ahead = endTypingAhead()
    if (ahead) setQuery(ahead)
  }, [])
  const wanted = useDeferredValue(query.trim())
  const mine = useConversations()
  const titles = useTitles(mine.map((each) => each.conversation))
  const people = useAsk(
    'people.search',
    { text: wanted, limit: 8 },
    { enabled: wanted !== '', keep: true, staleTime: 30_000 },
  )
  const matches = (text: string) => text.toLowerCase().includes(wanted.toLowerCase())
  const found = [...mine]
    .sort((a, b) => b.conversation.lastAt - a.conversation.lastAt)
    .map(({ conversation }) => ({ conversation, title: titleOf(conversation, titles) }))
    .filter(({ title }) => matches(title))
    .slice(0, shownAtOnce)
  const others = wanted === '' ? [] : (people.data ?? []).filter((person) => person.id !== session.me.id)

  const groups: PaletteGroup[] = [
    { heading: 'Conversations', items: conversationItems(found, session.me.id) },
    { heading: 'People', items: personItems(others) },
    { heading: 'Actions', items: actionItems(shell, session).filter(({ label }) => matches(label)) },
  ]
    .filter((group) => group.items.length > 0)
    .map(({ heading, items }) => ({
      heading,
      // Closed first: what an item opens must not be closed with it.
      items: items.map((item) => ({
        ...item,
        onSelect: () => {
          onClose()
          item.onSelect()
        },
      })),
    }))
  return (
    <CommandPalette
      open
      onOpenChange={onClose}
      label="Go to"
      placeholder="A conversation, a person or an action"
      query={query}
      onQueryChange={setQuery}
      groups={groups}
      filter={false}
      searching={people.isFetching}
    />
  )
}
