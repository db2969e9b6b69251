'use client'
import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { currentToasts, subscribeToToasts } from './toast-store.ts'

const Toaster = lazy(() => import('./toaster.tsx').then((file) => ({ default: file.Toaster })))

/** Fetched with the first toast, and there from then on. */
export function ToasterWhenNeeded() {
  const some = useSyncExternalStore(
    subscribeToToasts,
    () => currentToasts().length > 0,
    () => false,
  )
  const [needed, setNeeded] = useState(false)
  if (some && !needed) setNeeded(true)
  return needed ? (
    <Suspense>
      <Toaster />
    </Suspense>
  ) : null
}
