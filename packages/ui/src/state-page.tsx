import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** The common shape of empty, error and denied. */
export function StatePage({
  icon: Icon,
  tone = 'neutral',
  title,
  children,
  actions,
  compact = false,
}: {
  icon: LucideIcon
  tone?: 'neutral' | 'danger'
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  compact?: boolean
}) {
  return (
    <div
      className={classes(
        'm-auto flex w-full max-w-md flex-col items-center gap-1.5 text-center',
        compact ? 'p-4' : 'p-8',
      )}
    >
      <span
        className={classes(
          'mb-2 grid size-10 place-items-center rounded-lg',
          tone === 'danger' ? 'bg-danger-soft text-danger-text' : 'bg-surface-2 text-muted',
        )}
      >
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <h2 className="font-semibold text-lg text-strong wrap-anywhere">{title}</h2>
      {children && <div className="text-balance text-muted wrap-anywhere">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
