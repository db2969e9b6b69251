'use client'
import { Switch as Primitive } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Choice } from './choice.tsx'

export type SwitchProps = {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label: ReactNode
  labelHidden?: boolean
  hint?: ReactNode
  disabled?: boolean
  className?: string
}

/** On or off. */
export function Switch({
  checked,
  onCheckedChange,
  label,
  labelHidden,
  hint,
  disabled,
  className,
}: SwitchProps) {
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
          onCheckedChange={onCheckedChange}
          disabled={disabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="relative h-4.5 w-8 rounded-full bg-line-strong transition-colors after:absolute after:-inset-2 data-[state=checked]:bg-accent"
        >
          <Primitive.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-surface-0 transition-transform data-[state=checked]:translate-x-4 rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-4" />
        </Primitive.Root>
      }
    />
  )
}
