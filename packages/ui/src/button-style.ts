import { classes } from './classes.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

const variants = {
  primary: 'bg-accent text-on-accent hover:not-disabled:bg-accent-hover',
  secondary:
    'border border-line-strong/60 bg-surface-0 text-strong hover:not-disabled:bg-surface-2 active:not-disabled:bg-surface-3',
  quiet: 'text-normal hover:not-disabled:bg-surface-2 hover:text-strong active:not-disabled:bg-surface-3',
  danger: 'bg-danger text-on-danger hover:not-disabled:bg-danger-hover',
} satisfies Record<ButtonVariant, string>

const sizes = {
  small: 'h-7 gap-1.5 px-2.5 text-sm pointer-coarse:h-9',
  medium: 'h-8 gap-2 px-3 text-base pointer-coarse:h-10',
  large: 'h-10 gap-2 px-4 text-base pointer-coarse:h-11',
} satisfies Record<ButtonSize, string>

/** The look of a button, shared by Button and LinkButton. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return classes(
    'relative inline-flex shrink-0 select-none items-center justify-center rounded-sm font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50',
    variants[variant],
    sizes[size],
    className,
  )
}
