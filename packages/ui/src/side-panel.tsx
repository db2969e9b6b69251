'use client'
import { ArrowLeft, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { classes } from './classes.ts'
import { useFocusReturnFrom } from './focus-return.ts'
import { IconButton } from './icon-button.tsx'
import { useUiText } from './ui-text.ts'

export type SidePanelProps = {
  title: string
  subtitle?: ReactNode
  onClose: () => void
  /** Further buttons beside the closing one. */
  actions?: ReactNode
  footer?: ReactNode
  className?: string
  children: ReactNode
}

/** The third pane: 380 wide beside the conversation, the whole screen on a phone. Not modal; Escape closes it. */
export function SidePanel({
  title,
  subtitle,
  onClose,
  actions,
  footer,
  className,
  children,
}: SidePanelProps) {
  const text = useUiText()
  const panel = useRef<HTMLElement>(null)
  useFocusReturnFrom(panel)
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.stopPropagation()
    onClose()
  }
  return (
    <aside
      ref={panel}
      aria-label={title}
      onKeyDown={closeOnEscape}
      className={classes(
        'flex min-h-0 w-full flex-col bg-surface-0 md:w-95 md:shrink-0 md:border-s max-md:fixed max-md:inset-0 max-md:z-30',
        className,
      )}
    >
      <header className="flex h-13 shrink-0 items-center gap-1 border-b px-4 max-md:ps-2">
        <IconButton
          label={text.close}
          icon={ArrowLeft}
          onClick={onClose}
          className="md:hidden rtl:-scale-x-100"
        />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-strong">{title}</h2>
          {subtitle && <div className="truncate text-muted text-xs">{subtitle}</div>}
        </div>
        {actions}
        <IconButton
          label={text.close}
          shortcut="Escape"
          icon={X}
          onClick={onClose}
          className="-me-1.5 max-md:hidden"
        />
      </header>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
      {footer}
    </aside>
  )
}
