'use client'
import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { beginWithField, LayerContent } from './layer-content.tsx'
import { useUiText } from './ui-text.ts'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** Buttons, the one that acts last. */
  footer?: ReactNode
  children?: ReactNode
}

const widths = {
  small: 'sm:max-w-md',
  medium: 'sm:max-w-xl',
  large: 'sm:max-w-3xl',
} satisfies Record<NonNullable<DialogProps['size']>, string>

/** A task on its own layer. On a phone it stands at the bottom, in the thumb's reach. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = 'small',
  footer,
  children,
}: DialogProps) {
  const text = useUiText()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-end justify-center bg-scrim data-[state=closed]:animate-fade-out sm:items-start sm:p-6 sm:pt-[12vh]">
          <LayerContent
            onOpenAutoFocus={beginWithField}
            aria-describedby={description ? undefined : ''}
            className={classes(
              'flex max-h-[92dvh] w-full animate-rise-in flex-col rounded-t-lg bg-float shadow-float outline-none sm:max-h-[80vh] sm:animate-pop-in sm:rounded-lg',
              widths[size],
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-2">
              <div className="min-w-0 flex-1">
                <Primitive.Title className="font-semibold text-lg text-strong wrap-anywhere">
                  {title}
                </Primitive.Title>
                {description && (
                  <Primitive.Description className="mt-1 max-w-prose text-muted">
                    {description}
                  </Primitive.Description>
                )}
              </div>
              <Primitive.Close
                aria-label={text.close}
                className="-me-1.5 grid size-8 shrink-0 place-items-center rounded-sm text-muted hover:bg-highlight hover:text-strong"
              >
                <X aria-hidden="true" className="size-4.5" />
              </Primitive.Close>
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
            {footer && (
              <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
                {footer}
              </footer>
            )}
          </LayerContent>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
