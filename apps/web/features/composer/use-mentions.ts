'use client'
import { EVERYONE } from '@parley/protocol/text'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { PersonCard } from '../api/procedures.ts'
import { usePeopleSearch } from '../people/use-people-search.ts'
import type { Draft } from './drafts.ts'

/** A person, or everybody here under one of two names. */
export type Mentionable =
  | { kind: 'person'; name: string; person: PersonCard }
  | { kind: 'everyone'; name: 'channel' | 'here' }

const everyone: Mentionable[] = [
  { kind: 'everyone', name: 'channel' },
  { kind: 'everyone', name: 'here' },
]
const shownAtOnce = 8

/** The list that opens at an @: who begins like that, and what picking one does to the draft. */
export function useMentions({
  box,
  draft,
  setDraft,
}: {
  box: RefObject<HTMLTextAreaElement | null>
  draft: Draft
  setDraft: (draft: Draft) => void
}) {
  const id = useId()
  const [at, setAt] = useState<{ from: number; query: string } | null>(null)
  const [active, setActive] = useState(0)
  const people = usePeopleSearch(at?.query ?? null, shownAtOnce)
  const query = at?.query.toLowerCase() ?? ''
  const options: Mentionable[] = [
    ...people.map((person): Mentionable => ({ kind: 'person', name: person.name, person })),
    ...everyone.filter(({ name }) => name.startsWith(query)),
  ]
  const open = at !== null && options.length > 0
  const chosen = Math.min(active, options.length - 1)

  const pick = (option: Mentionable) => {
    const field = box.current
    if (!at || !field) return
    const before = draft.text.slice(0, at.from)
    const after = draft.text.slice(at.from + 1 + at.query.length)
    const inserted = `@${option.name} `
    const person = option.kind === 'person' ? option.person.id : EVERYONE
    setDraft({ text: before + inserted + after, people: [...draft.people, [option.name, person]] })
    setAt(null)
    const caret = before.length + inserted.length
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(caret, caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const option = open ? options[chosen] : undefined
    if (!option || event.altKey) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((chosen + step + options.length) % options.length)
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') pick(option)
    else if (event.key === 'Escape') setAt(null)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const look = (found: typeof at) => {
    if (found?.query !== at?.query) setActive(0)
    setAt(found)
  }
  return {
    look,
    pick,
    close: () => setAt(null),
    onKeyDown,
    shown: open ? { id, options, active: chosen } : null,
    attributes: {
      'aria-autocomplete': 'list',
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open ? `${id}-${chosen}` : undefined,
    } as const,
  }
}
