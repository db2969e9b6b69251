'use client'
import { useCallback, useEffect, useRef, useState } from 'react'

/** The list is on its way to the end for this long after it began to go there: more that arrives comes along. */
const onItsWayMs = 500

/**
 * Whether the end of a list is shown, and whether the list goes there with what arrives: when somebody is there, or has
 * just written. Virtuoso alone would also go while somebody scrolls, away from what is being read.
 */
export function useFollow(pending: number, toPresent?: () => void) {
  const [atEnd, setAtEnd] = useState(false)
  const state = useRef({ atEnd: false, wentAt: Number.NEGATIVE_INFINITY, pending })
  useEffect(() => {
    const wrote = pending > state.current.pending
    state.current.pending = pending
    // From far away the way to what was just written leads over rows that are not here yet.
    if (wrote && !state.current.atEnd) toPresent?.()
  }, [pending, toPresent])
  const onAtEnd = useCallback((now: boolean) => {
    state.current.atEnd = now
    setAtEnd(now)
  }, [])
  const followOutput = () => {
    const { atEnd, wentAt, pending: before } = state.current
    const goes = atEnd || performance.now() - wentAt < onItsWayMs || pending > before
    if (goes) state.current.wentAt = performance.now()
    return goes ? ('auto' as const) : false
  }
  /** Somebody takes the list in hand. */
  const onTaken = useCallback(() => {
    state.current.wentAt = Number.NEGATIVE_INFINITY
  }, [])
  return {
    atEnd,
    list: {
      atBottomStateChange: onAtEnd,
      followOutput,
      onWheel: onTaken,
      onTouchMove: onTaken,
      onKeyDown: onTaken,
    },
  }
}
