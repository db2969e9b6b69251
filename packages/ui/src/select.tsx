'use client'
import { Check, ChevronDown } from 'lucide-react'
import { Select as Primitive } from 'radix-ui'
import { classes } from './classes.ts'
import { controlStyle } from './control-style.ts'
import { cspNonce } from './csp-nonce.ts'
import { useFieldAttributes } from './form-field.tsx'

export type SelectOption<Value extends string> = {
  value: Value
  label: string
  /** A second line that says what choosing it means. */
  hint?: string
  disabled?: boolean
}

export type SelectProps<Value extends string> = {
  value: Value | undefined
  onValueChange: (value: Value) => void
  options: ReadonlyArray<SelectOption<Value>>
  placeholder?: string
  disabled?: boolean
  /** Needed outside a FormField. */
  label?: string
  size?: 'small' | 'medium'
  className?: string
}

/** One of a few known values. Longer lists want a CommandPalette or a search field. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  placeholder,
  disabled,
  label,
  size = 'medium',
  className,
}: SelectProps<Value>) {
  const { required: _, ...field } = useFieldAttributes()
  return (
    <Primitive.Root
      value={value ?? ''}
      onValueChange={(next) => onValueChange(next as Value)}
      disabled={disabled}
    >
      <Primitive.Trigger
        {...field}
        aria-label={label}
        className={classes(
          controlStyle,
          'flex items-center justify-between gap-2 ps-2.5 pe-2 text-start data-placeholder:text-muted',
          size === 'small' ? 'h-7 text-sm pointer-coarse:h-9' : 'h-8 pointer-coarse:h-10',
          className,
        )}
      >
        <span className="truncate">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 origin-(--radix-select-content-transform-origin) animate-pop-in overflow-hidden rounded-lg bg-float shadow-float"
        >
          <Primitive.Viewport nonce={cspNonce()} className="p-1">
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="relative flex min-h-8 select-none flex-col justify-center rounded-sm py-1.5 ps-2.5 pe-8 text-strong outline-none data-disabled:opacity-50 data-highlighted:bg-highlight pointer-coarse:min-h-10"
              >
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.hint && <span className="text-muted text-sm">{option.hint}</span>}
                <Primitive.ItemIndicator className="absolute end-2.5 top-2">
                  <Check aria-hidden="true" className="size-4 text-accent-text" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
