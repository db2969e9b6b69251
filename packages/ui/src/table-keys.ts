import type { KeyboardEvent } from 'react'

const rowOf = (element: Element | null) => element?.closest<HTMLElement>('tr[data-row]') ?? null
const moves = { ArrowDown: 1, ArrowUp: -1 } as const

/**
 * Arrows go from row to row: focus stays on the same kind of control (the row's first, where the next has no such),
 * so that opening and selecting need no other hand.
 */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return
  const row = rowOf(event.target as Element)
  if (!row) return
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  if (!(next instanceof HTMLElement) || !next.matches('[data-row]')) return
  const controls = (of: HTMLElement) => [
    ...of.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]'),
  ]
  const at = controls(row).indexOf(event.target as HTMLElement)
  const there = controls(next)
  const target = there[at] ?? there[0]
  if (!target) return
  event.preventDefault()
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: 'nearest' })
}
