'use client'
import { useEffect } from 'react'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Ctrl or Cmd-K opens the palette; `/` goes to the page's search field (`data-search`). */
export function useShortcuts(openPalette: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return openPalette()
      }
      if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return
      const search = document.querySelector<HTMLInputElement>('input[data-search]')
      if (!search) return
      event.preventDefault()
      search.focus()
      search.select()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [openPalette])
}
