'use client'
import type { Id } from '@parley/protocol'
import { Tag } from '@parley/ui'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import type { PersonCard } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { useAsk } from '../api/use-ask.ts'
import { PersonOption } from './person-option.tsx'

/** People by typing their names. Backspace in the empty field takes the last one out again. */
export function PeoplePicker({
  chosen,
  onChange,
  without = [],
  most,
}: {
  chosen: PersonCard[]
  onChange: (people: PersonCard[]) => void
  without?: Id[]
  most: number
}) {
  const id = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const wanted = useDeferredValue(text)
  const search = useAsk('people.search', { text: wanted, limit: 20 }, { keep: true, staleTime: 30_000 })
  const taken = new Set([...without, ...chosen.map((person) => person.id)])
  const full = chosen.length >= most
  const found = full ? [] : (search.data ?? []).filter((person) => !taken.has(person.id))
  const add = (person: PersonCard | undefined) => {
    if (!person) return
    onChange([...chosen, person])
    setText('')
    setActive(0)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && text === '') return onChange(chosen.slice(0, -1))
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && found.length > 0) setActive((active + step + found.length) % found.length)
    else if (event.key === 'Enter' && text !== '') add(found[active])
    else return
    event.preventDefault()
  }
  return (
    <div>
      <div className="flex min-h-10 flex-wrap items-center gap-1.5 rounded-sm border border-line-strong bg-surface-0 p-1.5 focus-within:border-accent">
        {chosen.map((person) => (
          <Tag
            key={person.id}
            name={person.name}
            onRemove={() => onChange(chosen.filter((each) => each.id !== person.id))}
          />
        ))}
        <input
          dir="auto"
          role="combobox"
          aria-label="Name or e-mail address"
          aria-expanded={found.length > 0}
          aria-controls={id}
          aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
          placeholder={chosen.length === 0 ? 'Name or e-mail address' : ''}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          onKeyDown={pressed}
          className="h-6 min-w-32 flex-1 bg-transparent px-1 text-strong outline-none"
        />
      </div>
      <div id={id} role="listbox" tabIndex={-1} aria-label="People" className="mt-2 h-64 overflow-y-auto">
        {full && <p className="p-3 text-center text-muted">No more than {most} people fit here.</p>}
        {search.isError && (
          <p role="alert" className="p-3 text-center text-danger-text">
            {readError(search.error).says}
          </p>
        )}
        {search.isSuccess && found.length === 0 && !full && (
          <p className="p-3 text-center text-muted">
            {wanted === '' ? 'There is nobody else yet.' : `Nobody is called “${wanted}”.`}
          </p>
        )}
        {found.map((person, index) => (
          <PersonOption
            key={person.id}
            id={`${id}-${index}`}
            person={person}
            active={index === active}
            onPoint={() => setActive(index)}
            onPick={() => add(person)}
          />
        ))}
      </div>
    </div>
  )
}
