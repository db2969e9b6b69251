'use client'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Spinner } from './spinner.tsx'
import { softTone, type Tone } from './tone.ts'

export type BannerProps = {
  tone?: Tone
  icon?: LucideIcon
  /** Something is being tried again by itself. */
  working?: boolean
  action?: ReactNode
  children: ReactNode
}

/** A thin line across the top: what is wrong, and what still works. Gone when it is over. */
export function Banner({ tone = 'neutral', icon: Icon, working, action, children }: BannerProps) {
  return (
    <div
      role="status"
      className={classes(
        'flex min-h-8 shrink-0 animate-fade-in items-center justify-center gap-2 px-4 py-1 text-sm',
        softTone[tone],
      )}
    >
      {working ? (
        <Spinner className="size-3.5 shrink-0" />
      ) : (
        Icon && <Icon aria-hidden="true" className="size-4 shrink-0" />
      )}
      <span className="min-w-0">{children}</span>
      {action}
    </div>
  )
}
