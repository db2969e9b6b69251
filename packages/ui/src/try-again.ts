import { useEffect, useEffectEvent, useRef } from 'react'

const FIRST_MS = 2_000
const MOST_MS = 30_000

/**
 * Milliseconds to wait after so many failures in a row. Doubling, with half of it by chance, so that pages which failed
 * together do not come again together.
 */
export const pauseAfter = (failures: number, random = Math.random): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16)) * (0.5 + random() / 2)

/** While `failed`, tries again after a pause that grows, and at once when the browser is online again. */
export function useTryAgain(failed: boolean, again: () => void): void {
  const failures = useRef(0)
  const now = useEffectEvent(again)
  useEffect(() => {
    if (!failed) return
    failures.current++
    const run = () => now()
    const timer = setTimeout(run, pauseAfter(failures.current))
    window.addEventListener('online', run)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', run)
    }
  }, [failed])
}
