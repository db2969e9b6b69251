'use client'
import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { LayerContent } from './layer-content.tsx'
import { useUiText } from './ui-text.ts'

export type SheetProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Keep the title for screen readers only, as for navigation on a phone. */
  titleHidden?: boolean
  side?: 'start' | 'end'
  width?: 'narrow' | 'wide'
  footer?: ReactNode
  children: ReactNode
}

/** A layer from the edge: a row's details, or navigation on a phone. */
export function Sheet({
  open,
  onOpenChange,
  title,
  titleHidden,
  side = 'end',
  width = 'wide',
  footer,
  children,
}: SheetProps) {
  const text = useUiText()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim data-[state=closed]:animate-fade-out" />
        <LayerContent
          aria-describedby={undefined}
          className={classes(
            'fixed inset-y-0 z-40 flex max-w-[calc(100vw-3rem)] animate-slide-in flex-col bg-float shadow-float outline-none data-[state=closed]:animate-slide-out',
            side === 'start'
              ? 'start-0 [--slide-from:-100%] rtl:[--slide-from:100%]'
              : 'end-0 [--slide-from:100%] rtl:[--slide-from:-100%]',
            width === 'narrow' ? 'w-72' : 'w-120',
          )}
        >
          <header
            className={classes('flex h-13 shrink-0 items-center gap-2 px-4', !titleHidden && 'border-b')}
          >
            <Primitive.Title
              className={
                titleHidden ? 'sr-only' : 'min-w-0 flex-1 truncate font-semibold text-lg text-strong'
              }
            >
              {title}
            </Primitive.Title>
            <Primitive.Close
              aria-label={text.close}
              className="-me-1.5 ms-auto grid size-8 place-items-center rounded-sm text-muted hover:bg-highlight hover:text-strong"
            >
              <X aria-hidden="true" className="size-4.5" />
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer && <footer className="flex justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
        </LayerContent>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
