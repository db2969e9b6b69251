'use client'
import { Button, Tag } from '@parley/ui'

export type Chip = { key: string; says: string; onRemove: () => void }

/** What narrows a list, each removable; nothing while nothing does. */
export function FilterChips({ chips, onClear }: { chips: readonly Chip[]; onClear: () => void }) {
  if (chips.length === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <Tag key={chip.key} name={chip.says} onRemove={chip.onRemove} />
      ))}
      {chips.length > 1 && (
        <Button size="small" variant="quiet" onClick={onClear}>
          Clear all
        </Button>
      )}
    </div>
  )
}
