'use client'
import { RadioGroup as Primitive } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Choice } from './choice.tsx'
import { classes } from './classes.ts'

export type RadioOption<Value extends string> = {
  value: Value
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

export type RadioGroupProps<Value extends string> = {
  value: Value
  onValueChange: (value: Value) => void
  options: ReadonlyArray<RadioOption<Value>>
  label: string
  labelHidden?: boolean
  disabled?: boolean
  className?: string
}

/** One of a few, all of them visible with what they mean. */
export function RadioGroup<Value extends string>({
  value,
  onValueChange,
  options,
  label,
  labelHidden,
  disabled,
  className,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <div className={classes('flex flex-col gap-2', className)}>
      <span id={id} className={labelHidden ? 'sr-only' : 'font-medium text-sm text-strong'}>
        {label}
      </span>
      <Primitive.Root
        value={value}
        onValueChange={(next) => onValueChange(next as Value)}
        disabled={disabled}
        aria-labelledby={id}
        className="flex flex-col gap-2.5"
      >
        {options.map((option) => (
          <Choice
            key={option.value}
            id={`${id}-${option.value}`}
            label={option.label}
            hint={option.hint}
            control={
              <Primitive.Item
                id={`${id}-${option.value}`}
                value={option.value}
                disabled={option.disabled}
                aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
                className="relative grid size-4 place-items-center rounded-full border border-line-strong bg-surface-0 transition-colors after:absolute after:-inset-2 hover:border-muted data-[state=checked]:border-accent data-[state=checked]:bg-accent"
              >
                <Primitive.Indicator className="size-1.5 rounded-full bg-on-accent" />
              </Primitive.Item>
            }
          />
        ))}
      </Primitive.Root>
    </div>
  )
}
