'use client'
import { createContext, type ReactNode, use, useId, useMemo } from 'react'
import { classes } from './classes.ts'
import { useUiText } from './ui-text.ts'

type FieldIds = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean }

const FieldContext = createContext<FieldIds | null>(null)

export type FormFieldProps = {
  label: ReactNode
  /** One sentence on what this decides, shown before anything goes wrong. */
  hint?: ReactNode
  /** What is wrong and how to mend it. Its presence marks the control invalid. */
  error?: ReactNode
  required?: boolean
  optional?: boolean
  /** Differs from what is saved: settings forms mark it. */
  changed?: boolean
  className?: string
  /** One control of this package; it takes its id and descriptions from here. */
  children: ReactNode
}

/** Label, control, hint and error, tied together for eyes and for screen readers. */
export function FormField({
  label,
  hint,
  error,
  required = false,
  optional,
  changed,
  className,
  children,
}: FormFieldProps) {
  const id = useId()
  const text = useUiText()
  const invalid = Boolean(error)
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  const ids = useMemo(() => ({ id, describedBy, invalid, required }), [id, describedBy, invalid, required])
  return (
    <div className={classes('flex min-w-0 flex-col gap-1.5', className)} data-changed={changed || undefined}>
      <label htmlFor={id} className="flex items-center gap-1.5 font-medium text-sm text-strong">
        {label}
        {optional && <span className="font-normal text-muted">({text.optional})</span>}
        {changed && <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />}
      </label>
      <FieldContext value={ids}>{children}</FieldContext>
      {hint && (
        <p id={`${id}-hint`} className="max-w-prose text-muted text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="max-w-prose text-danger-text text-sm">
          {error}
        </p>
      )}
    </div>
  )
}

/** The attributes that tie a control to the FormField around it; nothing outside one. */
export function useFieldAttributes(): {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  required?: true
} {
  const ids = use(FieldContext)
  if (!ids) return {}
  return {
    id: ids.id,
    'aria-describedby': ids.describedBy,
    'aria-invalid': ids.invalid || undefined,
    required: ids.required || undefined,
  }
}
