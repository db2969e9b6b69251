'use client'
import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react'
import { currentToasts, subscribeToToasts } from './toast-store.ts'

/** For whoever wants it here before the first toast, which may well be about the network. */
export const bringToaster = () => import('./toaster.tsx').then((file) => file.Toaster)

const none: ReturnType<typeof currentToasts> = []

/** Fetched with the first toast, and there from then on. */
export function ToasterWhenNeeded() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, () => none)
  const [Toaster, setToaster] = useState<ComponentType | null>(null)
  useEffect(() => {
    if (Toaster || toasts.length === 0) return
    bringToaster().then(
      (toaster) => setToaster(() => toaster),
      () => {}, // asked for again by the next one; nobody loses the page over a toast
    )
  }, [Toaster, toasts])
  return Toaster && <Toaster />
}
