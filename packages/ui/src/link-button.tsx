'use client'
import type { LucideIcon } from 'lucide-react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts'
import { Link, type LinkProps } from './link.tsx'

export type LinkButtonProps = LinkProps & { variant?: ButtonVariant; size?: ButtonSize; icon?: LucideIcon }

/** Goes somewhere, looks like a button. */
export function LinkButton({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <Link className={buttonStyle(variant, size, className)} {...rest}>
      {Icon && <Icon aria-hidden="true" className="size-4" />}
      <span className="truncate">{children}</span>
    </Link>
  )
}
