'use client'
import { Avatar, Spinner, TextField } from '@parley/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { trpc } from '../api/trpc.ts'

const found = 8
export type FoundPerson = { id: string; name: string }

/** Finds one active person by name or address. */
export function PersonSearch({
  label,
  onChoose,
}: {
  label: string
  onChoose: (person: FoundPerson) => void
}) {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const people = useQuery(
    trpc.people.list.queryOptions(
      { text: wanted, statuses: ['active'], kind: 'person', limit: found },
      { enabled: wanted !== '', placeholderData: keepPreviousData },
    ),
  )
  const rows = wanted ? people.data?.people : undefined
  return (
    <div className="flex flex-col gap-2">
      <TextField
        aria-label={label}
        placeholder={label}
        icon={Search}
        value={text}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        end={people.isFetching ? <Spinner className="size-4" /> : undefined}
      />
      <ul aria-label="Found" className="flex min-h-20 flex-col">
        {rows?.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2 text-start hover:bg-highlight pointer-coarse:min-h-11"
            >
              <Avatar id={person.id} name={person.name} size={24} decorative />
              <span className="truncate text-strong">{person.name}</span>
              <span className="min-w-0 truncate text-muted text-sm">{person.email}</span>
            </button>
          </li>
        ))}
        {rows?.length === 0 && <li className="p-2 text-muted">Nobody active is called so.</li>}
      </ul>
    </div>
  )
}
