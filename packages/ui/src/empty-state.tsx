import { Inbox, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { StatePage } from './state-page.tsx'

/** Nothing here yet: what this place is for, and the first thing to do. */
export function EmptyState({
  icon = Inbox,
  title,
  children,
  action,
  compact,
}: {
  icon?: LucideIcon
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  compact?: boolean
}) {
  return (
    <StatePage icon={icon} title={title} actions={action} compact={compact}>
      {children}
    </StatePage>
  )
}
