'use client'
import { RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { StatePage } from './state-page.tsx'
import { useUiText } from './ui-text.ts'

export type ErrorStateProps = {
  /** What happened. */
  title: ReactNode
  /** What to do about it. */
  children?: ReactNode
  onRetry?: () => void
  retrying?: boolean
  /** What to quote to an administrator. */
  reference?: string
  compact?: boolean
}

/** What happened, what to do, and a way to try again. */
export function ErrorState({ title, children, onRetry, retrying, reference, compact }: ErrorStateProps) {
  const text = useUiText()
  return (
    <div role="alert" className="flex min-h-0 flex-1">
      <StatePage
        icon={TriangleAlert}
        tone="danger"
        title={title}
        compact={compact}
        actions={
          onRetry && (
            <Button icon={RotateCw} busy={retrying} onClick={onRetry}>
              {text.retry}
            </Button>
          )
        }
      >
        {children}
        {reference && <code className="mt-2 block select-all font-mono text-xs">{reference}</code>}
      </StatePage>
    </div>
  )
}
