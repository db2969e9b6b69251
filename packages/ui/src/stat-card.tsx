import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Skeleton } from './skeleton.tsx'

export type StatCardProps = {
  label: string
  /** Formatted; undefined while it is on its way. */
  value: string | undefined
  unit?: string
  /** Against what, in words: "12 % more than last week". Good or bad is told by tone, not by direction. */
  change?: { direction: 'up' | 'down' | 'level'; text: string; tone: 'good' | 'bad' | 'neutral' }
  hint?: ReactNode
  /** A sparkline or a bar. */
  children?: ReactNode
  className?: string
}

const arrows = { up: ArrowUpRight, down: ArrowDownRight, level: ArrowRight }
const changeTones = { good: 'text-success-text', bad: 'text-danger-text', neutral: 'text-muted' }

/** One figure that matters, with its unit and what it is compared to. */
export function StatCard({ label, value, unit, change, hint, children, className }: StatCardProps) {
  const Arrow = change && arrows[change.direction]
  return (
    <div className={classes('flex min-w-0 flex-col gap-1 rounded-lg border bg-surface-0 p-4', className)}>
      <span className="truncate font-medium text-muted text-sm">{label}</span>
      <span className="flex h-9 items-baseline gap-1.5">
        {value === undefined ? (
          <Skeleton className="mt-1 h-7 w-24" />
        ) : (
          <>
            <span className="truncate font-semibold text-2xl text-strong tabular-nums tracking-tight">
              {value}
            </span>
            {unit && <span className="text-muted">{unit}</span>}
          </>
        )}
      </span>
      <span className="flex min-h-5 items-start gap-1 text-sm">
        {change && Arrow && (
          <span className={classes('flex items-center gap-1', changeTones[change.tone])}>
            <Arrow aria-hidden="true" className="size-3.5 shrink-0" />
            {change.text}
          </span>
        )}
        {hint && <span className="line-clamp-2 min-w-0 text-muted wrap-anywhere">{hint}</span>}
      </span>
      {children}
    </div>
  )
}
