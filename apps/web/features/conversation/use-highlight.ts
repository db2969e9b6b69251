'use client'
import { useEffect, useState } from 'react'

const shownMs = 2_500

/** The message that a link led to, lit for a moment. */
export function useHighlight(target: number | undefined): number | undefined {
  const [done, setDone] = useState<number>()
  useEffect(() => {
    if (target === undefined) return
    const timer = setTimeout(() => setDone(target), shownMs)
    return () => clearTimeout(timer)
  }, [target])
  return target === done ? undefined : target
}
