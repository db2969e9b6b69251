'use client'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width of an element in pixels, as it changes; `before` until it is known. */
export function useWidth(of: RefObject<HTMLElement | null>, before: number): number {
  const [width, setWidth] = useState(before)
  useLayoutEffect(() => {
    const element = of.current
    if (!element) return
    const measure = () => setWidth(Math.max(200, Math.floor(element.clientWidth)))
    measure()
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    return () => resized.disconnect()
  }, [of])
  return width
}
