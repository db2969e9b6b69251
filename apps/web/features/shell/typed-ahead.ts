'use client'

/** More than anybody types before a layer that is being fetched is there. */
const most = 80
/** A layer that is not here by then may never come: what is typed goes its usual way again. */
const patienceMs = 3_000

let typed = ''
let stop: (() => void) | undefined

/** What is typed while a layer with a field is being fetched belongs to that field, and not to what had the focus. */
export function beginTypingAhead(): void {
  stop?.()
  typed = ''
  const before = document.activeElement
  if (before instanceof HTMLElement) before.blur()
  const pressed = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || typed.length >= most)
      return
    typed += event.key
    event.preventDefault()
  }
  window.addEventListener('keydown', pressed, true)
  const timer = setTimeout(endTypingAhead, patienceMs)
  stop = () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', pressed, true)
  }
}

/** The layer is there: what was typed for it, once. */
export function endTypingAhead(): string {
  stop?.()
  stop = undefined
  const text = typed
  typed = ''
  return text
}
