'use client'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { currentToasts, dismissToast, subscribeToToasts, type Toast } from './toast-store.ts'
import { useUiText } from './ui-text.ts'

const none: ReadonlyArray<Toast> = []

const symbols = {
  neutral: null,
  success: <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success-text" />,
  danger: <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-text" />,
} satisfies Record<Toast['tone'], React.ReactNode>

/** Where toasts appear. Mounted once, by UiProvider; F8 moves the focus to it. */
export function Toaster() {
  const text = useUiText()
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, () => none)
  return (
    <Primitive.Provider label={text.notifications} swipeDirection="down">
      {toasts.map((each) => (
        <Primitive.Root
          key={each.id}
          duration={each.duration}
          type={each.tone === 'danger' ? 'foreground' : 'background'}
          onOpenChange={(open) => !open && dismissToast(each.id)}
          className="pointer-events-auto flex animate-rise-in items-start gap-2.5 rounded-lg bg-float py-2.5 ps-3.5 pe-2 shadow-float data-[swipe=move]:translate-y-(--radix-toast-swipe-move-y)"
        >
          {symbols[each.tone]}
          <div className="min-w-0 flex-1 py-0.5">
            <Primitive.Title className="font-medium text-strong wrap-anywhere">{each.title}</Primitive.Title>
            {each.detail && (
              <Primitive.Description className="text-muted text-sm wrap-anywhere">
                {each.detail}
              </Primitive.Description>
            )}
          </div>
          {each.action && (
            <Primitive.Action asChild altText={each.action.label} onClick={each.action.onAction}>
              <Button size="small">{each.action.label}</Button>
            </Primitive.Action>
          )}
          <Primitive.Close
            aria-label={text.close}
            className="grid size-7 shrink-0 place-items-center rounded-sm text-muted hover:bg-highlight hover:text-strong"
          >
            <X aria-hidden="true" className="size-4" />
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="pointer-events-none fixed end-0 top-0 z-60 sm:top-auto sm:bottom-0 flex w-full max-w-100 flex-col gap-2 p-4 outline-none" />
    </Primitive.Provider>
  )
}
