import type { ReactNode } from 'react'

export type Side = 'top' | 'right' | 'bottom' | 'left'
export type Tip = { anchor: Element; content: ReactNode; shortcut?: string | undefined; side: Side }

/** A pointer that rests this long on something wants to know what it is. Milliseconds. */
const patience = 400
/** Time to go from the anchor to the tip, or on to the next anchor, which then tells at once. */
const grace = 200

let shown: Tip | null = null
let wanted: ReturnType<typeof setTimeout> | undefined
let leaving: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(tip: Tip | null) {
  clearTimeout(wanted)
  clearTimeout(leaving)
  shown = tip
  for (const listener of listeners) listener()
}

/** One tip for the whole page. `at once`: for the focus, which has been placed on purpose. */
export function askForTip(tip: Tip, when: 'soon' | 'at once'): void {
  clearTimeout(wanted)
  if (when === 'at once' || shown) set(tip)
  else wanted = setTimeout(() => set(tip), patience)
}

export function leaveTip(): void {
  clearTimeout(wanted)
  if (shown) leaving = setTimeout(() => set(null), grace)
}

/** The pointer is on the tip itself: it can be read for as long as one likes (WCAG 2.2 §1.4.13). */
export function stayOnTip(): void {
  clearTimeout(leaving)
}

export function dropTip(anchor?: Element | null): void {
  clearTimeout(wanted)
  if (shown && (anchor === undefined || shown.anchor === anchor)) set(null)
}

export function subscribeToTip(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const currentTip = (): Tip | null => shown
