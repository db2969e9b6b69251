'use client'
import { Button, Popover } from '@parley/ui'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { PersonSearch } from '../people/person-search.tsx'

/** Narrows the log to what one person did. */
export function ActorFilter({ onChoose }: { onChoose: (person: string) => void }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Who did it"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <span className="flex items-center gap-1.5">
            Who
            <ChevronDown aria-hidden="true" className="size-3.5 text-muted" />
          </span>
        </Button>
      }
    >
      <PersonSearch
        label="Who did it"
        onChoose={(person) => {
          setOpen(false)
          onChoose(person.id)
        }}
      />
    </Popover>
  )
}
