'use client'
import { Eye, EyeOff, type LucideIcon } from 'lucide-react'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { classes } from './classes.ts'
import { controlStyle } from './control-style.ts'
import { useFieldAttributes } from './form-field.tsx'
import { useUiText } from './ui-text.ts'

export type TextFieldProps = Omit<ComponentProps<'input'>, 'size'> & {
  icon?: LucideIcon
  /** Units, counters or a small button at the end. */
  end?: ReactNode
}

/** One line of text. Passwords can be looked at. */
export function TextField({ icon: Icon, end, className, type = 'text', ...rest }: TextFieldProps) {
  const field = useFieldAttributes()
  const text = useUiText()
  const [revealed, setRevealed] = useState(false)
  const secret = type === 'password'
  return (
    <span className={classes('relative flex items-center', className)}>
      {Icon && (
        <Icon aria-hidden="true" className="pointer-events-none absolute start-2.5 size-4 text-muted" />
      )}
      <input
        dir="auto"
        {...field}
        type={secret && revealed ? 'text' : type}
        className={classes(
          controlStyle,
          'h-8 px-2.5 pointer-coarse:h-10',
          Icon && 'ps-8',
          Boolean(end || secret) && 'pe-10',
        )}
        {...rest}
      />
      {secret ? (
        <button
          type="button"
          aria-label={revealed ? text.hidePassword : text.showPassword}
          aria-pressed={revealed}
          onClick={() => setRevealed(!revealed)}
          className="absolute end-1 grid size-6 place-items-center rounded-sm text-muted hover:text-strong pointer-coarse:size-8"
        >
          {revealed ? (
            <EyeOff aria-hidden="true" className="size-4" />
          ) : (
            <Eye aria-hidden="true" className="size-4" />
          )}
        </button>
      ) : (
        end && <span className="absolute end-2 flex items-center text-muted text-sm">{end}</span>
      )}
    </span>
  )
}
