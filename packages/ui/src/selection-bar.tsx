'use client'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatNumber } from './format-number.ts'
import { IconButton } from './icon-button.tsx'
import { useUiLocale } from './ui-locale.ts'
import { useUiText } from './ui-text.ts'

/** What can be done to the selected rows; absent while nothing is selected. */
export function SelectionBar({
  count,
  onClear,
  children,
}: {
  count: number
  onClear: () => void
  children: ReactNode
}) {
  const text = useUiText()
  const { locale } = useUiLocale()
  if (count === 0) return null
  return (
    <div
      role="toolbar"
      aria-label={text.selected(formatNumber(count, locale))}
      className="flex min-h-10 animate-fade-in flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-2 py-1"
    >
      <IconButton label={text.clearSelection} icon={X} size="small" onClick={onClear} />
      <span aria-live="polite" className="me-2 font-medium text-strong">
        {text.selected(formatNumber(count, locale))}
      </span>
      {children}
    </div>
  )
}
