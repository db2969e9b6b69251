'use client'
import { Avatar, classes } from '@parley/ui'
import { Megaphone } from 'lucide-react'
import type { Mentionable } from './use-mentions.ts'

const says = {
  channel: 'Everybody in this conversation',
  here: 'Everybody in this conversation who is online',
} as const

/** Above the composer; the focus stays in the text. */
export function MentionList({
  id,
  options,
  active,
  onPick,
}: {
  id: string
  options: Mentionable[]
  active: number
  onPick: (option: Mentionable) => void
}) {
  return (
    <div
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label="People to mention"
      className="absolute inset-x-0 bottom-full z-20 mb-1.5 max-h-72 animate-fade-in overflow-y-auto rounded-lg bg-float p-1 shadow-float"
    >
      {options.map((option, index) => (
        <div
          key={option.kind === 'person' ? option.person.id : option.name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault()
            onPick(option)
          }}
          className={classes(
            'flex h-9 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 pointer-coarse:h-11',
            index === active && 'bg-highlight',
          )}
        >
          {option.kind === 'person' ? (
            <Avatar id={option.person.id} name={option.name} size={24} decorative />
          ) : (
            <Megaphone aria-hidden="true" className="mx-1 size-4 text-muted" />
          )}
          <span className="truncate font-medium text-strong">
            {option.kind === 'person' ? option.name : `@${option.name}`}
          </span>
          <span className="truncate text-muted text-sm">
            {option.kind === 'person' ? option.person.title : says[option.name]}
          </span>
        </div>
      ))}
    </div>
  )
}
