'use client'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** Fewer rows than this are all drawn. */
const drawnWhole = 120
/** Rows beyond the edges, so that scrolling meets rows and not gaps. */
const beyond = 16
/** The range moves in steps of this many rows: scrolling a little draws nothing anew. */
const step = 8
/** Until a row has been measured, in pixels. */
const usualHeight = 40

export type RowWindow = { from: number; to: number; above: number; below: number }

/**
 * Which of many rows of equal height are near what is seen, and the height of those before and after them. Scrolling
 * through 10,000 rows keeps some sixty in the page.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [range, setRange] = useState({ first: 0, last: drawnWhole, height: usualHeight })
  const whole = count <= drawnWhole

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || whole) return
    const measure = () => {
      const row = element.querySelector<HTMLElement>('tr[data-row]')
      const height = row?.offsetHeight || usualHeight
      const first = Math.floor((element.scrollTop / height - beyond) / step) * step
      const last = Math.ceil(((element.scrollTop + element.clientHeight) / height + beyond) / step) * step
      setRange((old) =>
        old.first === first && old.last === last && old.height === height ? old : { first, last, height },
      )
    }
    measure()
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [scroller, whole])

  if (whole) return { from: 0, to: count, above: 0, below: 0 }
  const from = Math.max(0, Math.min(range.first, count))
  const to = Math.max(from, Math.min(range.last, count))
  return { from, to, above: from * range.height, below: (count - to) * range.height }
}
