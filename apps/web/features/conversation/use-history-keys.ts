'use client'
import { useEffect } from 'react'

/** Where Home and End mean the ends of the history: everywhere but in something that is being written or chosen. */
function isOurs(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true
  if (target instanceof HTMLTextAreaElement) return target.value === ''
  return !target.closest(
    'input, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"], nav, aside',
  )
}

/** Home leads to the first message, End to the last. */
export function useHistoryKeys(toBeginning: () => void, toPresent: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.shiftKey || event.metaKey || !isOurs(event.target))
        return
      if (event.key !== 'Home' && event.key !== 'End') return
      event.preventDefault()
      if (event.key === 'Home') toBeginning()
      else toPresent()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [toBeginning, toPresent])
}
