'use client'
import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Choice } from './choice.tsx'

export type CheckboxProps = {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
  label: ReactNode
  /** Keep the name for screen readers only, as in a table's first column. */
  labelHidden?: boolean
  hint?: ReactNode
  disabled?: boolean
  className?: string
}

/** Yes or no, taking effect when the form is saved. */
export function Checkbox({
  checked,
  onCheckedChange,
  label,
  labelHidden,
  hint,
  disabled,
  className,
}: CheckboxProps) {
  const id = useId()
  return (
    <Choice
      id={id}
      label={label}
      hint={hint}
      labelHidden={labelHidden}
      className={className}
      control={
        <Primitive.Root
          id={id}
          checked={checked}
          onCheckedChange={(next) => onCheckedChange(next === true)}
          disabled={disabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="relative grid size-4 place-items-center rounded-[4px] border border-line-strong bg-surface-0 text-on-accent transition-colors after:absolute after:-inset-2 hover:border-muted data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent"
        >
          <Primitive.Indicator>
            {checked === 'indeterminate' ? (
              <Minus aria-hidden="true" className="size-3" strokeWidth={3} />
            ) : (
              <Check aria-hidden="true" className="size-3" strokeWidth={3} />
            )}
          </Primitive.Indicator>
        </Primitive.Root>
      }
    />
  )
}
