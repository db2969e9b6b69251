'use client'
import { Avatar, classes } from '@parley/ui'
import type { PersonCard } from '../api/procedures.ts'
import { usePresence } from '../session/use-sync.ts'

/** A person in a list to pick from; the focus stays in the field above it. */
export function PersonOption({
  id,
  person,
  active,
  onPoint,
  onPick,
}: {
  id: string
  person: PersonCard
  active: boolean
  onPoint: () => void
  onPick: () => void
}) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={onPoint}
      onPointerDown={(event) => {
        event.preventDefault()
        onPick()
      }}
      className={classes(
        'flex h-11 cursor-pointer items-center gap-3 rounded-sm px-2',
        active && 'bg-highlight',
      )}
    >
      <Avatar
        id={person.id}
        name={person.name}
        presence={usePresence(person.id)?.state}
        size={28}
        decorative
      />
      <span className="truncate font-medium text-strong">{person.name}</span>
      <span className="truncate text-muted text-sm">
        {person.status === 'invited' ? 'Invited' : person.title}
      </span>
    </div>
  )
}
