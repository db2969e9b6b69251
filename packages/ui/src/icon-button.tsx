'use client'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  /** The accessible name, and the tooltip. */
  label: string
  icon: LucideIcon
  shortcut?: string
  size?: 'small' | 'medium' | 'large'
  variant?: 'quiet' | 'outlined' | 'accent' | 'danger'
  side?: 'top' | 'right' | 'bottom' | 'left'
  busy?: boolean
}

const sizes = {
  small: 'size-7 pointer-coarse:size-9',
  medium: 'size-8 pointer-coarse:size-10',
  large: 'size-10 pointer-coarse:size-11',
} satisfies Record<NonNullable<IconButtonProps['size']>, string>

const variants = {
  quiet:
    'text-muted hover:bg-surface-2 hover:text-strong aria-pressed:bg-accent-soft aria-pressed:text-accent-text data-[state=open]:bg-surface-2 data-[state=open]:text-strong',
  outlined: 'border border-line-strong/60 bg-surface-0 text-normal hover:bg-surface-2 hover:text-strong',
  accent: 'bg-accent text-on-accent hover:bg-accent-hover',
  danger: 'text-danger-text hover:bg-danger-soft',
} satisfies Record<NonNullable<IconButtonProps['variant']>, string>

/** An icon that acts. Its name is required: without it nobody could call it anything. */
export function IconButton({
  label,
  icon: Icon,
  shortcut,
  size = 'medium',
  variant = 'quiet',
  side = 'top',
  busy = false,
  disabled,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      <button
        type={type}
        aria-label={label}
        aria-busy={busy || undefined}
        disabled={disabled || busy}
        className={classes(
          'inline-grid shrink-0 place-items-center rounded-sm transition-colors disabled:cursor-not-allowed disabled:opacity-50',
          sizes[size],
          variants[variant],
          className,
        )}
        {...rest}
      >
        {busy ? (
          <Spinner />
        ) : (
          <Icon aria-hidden="true" className={size === 'small' ? 'size-4' : 'size-4.5'} />
        )}
      </button>
    </Tooltip>
  )
}
