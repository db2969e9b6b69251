'use client'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { useUiText } from './ui-text.ts'

export type TagProps = {
  /** Said before the name when it is removed: "Remove role: auditor". */
  name: string
  onRemove?: () => void
  className?: string
  children?: ReactNode
}

/** A value that was chosen: a filter, a recipient. Can be taken away again. */
export function Tag({ name, onRemove, className, children }: TagProps) {
  const text = useUiText()
  return (
    <span
      className={classes(
        'inline-flex h-6 max-w-full items-center gap-1 rounded-sm border bg-surface-1 ps-2 text-sm text-strong',
        onRemove ? 'pe-0.5' : 'pe-2',
        className,
      )}
    >
      <span className="truncate">{children ?? name}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={`${text.remove} ${name}`}
          onClick={onRemove}
          className="relative grid size-5 shrink-0 place-items-center rounded-[4px] text-muted after:absolute after:-inset-1 hover:bg-surface-3 hover:text-strong"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </span>
  )
}
