'use client'
import type { ReactNode } from 'react'
import { useUiText } from './ui-text.ts'

/** Around skeletons: tells screen readers once that something is being fetched. */
export function Loading({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div role="status" aria-label={useUiText().loading} className={className}>
      {children}
    </div>
  )
}
