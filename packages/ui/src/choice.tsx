import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** A control with its label and hint beside it; pressing any of them toggles it. Shared by Checkbox, Switch and RadioGroup. */
export function Choice({
  id,
  label,
  hint,
  labelHidden,
  className,
  control,
}: {
  id: string
  label: ReactNode
  hint?: ReactNode
  labelHidden?: boolean
  className?: string
  control: ReactNode
}) {
  return (
    <div className={classes('flex items-start gap-2.5 has-disabled:opacity-60', className)}>
      <span className="flex h-5 items-center">{control}</span>
      <div className={labelHidden ? 'sr-only' : 'min-w-0'}>
        <label htmlFor={id} className="block text-base text-strong">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="max-w-prose text-muted text-sm">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
