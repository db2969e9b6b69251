'use client'
import { Avatar, CommandPalette, type PaletteGroup } from '@parley/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ExternalLink, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState } from 'react'
import { trpc } from '../api/trpc.ts'
import { signOut } from '../entry/enter.ts'
import { useMe } from '../session/use-me.ts'
import { pagesFor } from './navigation.ts'
import { useWebClient } from './web-client.tsx'

const foundPeople = 6

const matches = (query: string, ...words: (string | undefined)[]) =>
  words.some((word) => word?.toLowerCase().includes(query))

/** Pages, people and actions by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const web = useWebClient()
  const router = useRouter()
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLowerCase()
  const text = useDeferredValue(wanted)
  const people = useQuery(
    trpc.people.list.queryOptions(
      { text, limit: foundPeople },
      { enabled: text !== '' && me.permissions['people.read'], placeholderData: keepPreviousData },
    ),
  )
  const doing = (act: () => void) => () => {
    onClose()
    act()
  }

  const pages = pagesFor(me.permissions).filter((page) =>
    matches(wanted, page.title, page.says, ...(page.keywords ?? [])),
  )
  const actions = [
    {
      id: 'web',
      label: 'Open the web client',
      icon: ExternalLink,
      onSelect: doing(() => window.open(web, '_blank', 'noopener')),
    },
    { id: 'sign-out', label: 'Sign out', icon: LogOut, onSelect: doing(() => void signOut()) },
  ].filter((action) => matches(wanted, action.label))
  const groups: PaletteGroup[] = [
    {
      heading: 'Pages',
      items: pages.map((page) => ({
        id: page.path,
        label: page.title,
        icon: page.icon,
        onSelect: doing(() => router.push(page.path)),
      })),
    },
    {
      heading: 'People',
      items: (wanted && people.data?.people ? people.data.people : []).map((person) => ({
        id: `person-${person.id}`,
        label: person.name,
        hint: person.email ?? undefined,
        start: <Avatar id={person.id} name={person.name} size={20} />,
        onSelect: doing(() => router.push(`/people?person=${person.id}`)),
      })),
    },
    { heading: 'Actions', items: actions },
  ].filter((group) => group.items.length > 0)

  return (
    <CommandPalette
      open
      onOpenChange={(open) => !open && onClose()}
      label="Go to"
      placeholder="A page, a person or an action"
      query={query}
      onQueryChange={setQuery}
      groups={groups}
      filter={false}
      searching={people.isFetching}
    />
  )
}
