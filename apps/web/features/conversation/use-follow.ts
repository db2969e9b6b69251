'use client'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { VirtuosoHandle } from 'react-virtuoso'

/** The list is on its way to the end for this long after it began to go there: what arrives or grows comes along. */
const onItsWayMs = 1_500

/**
 * Whether the end of a list is shown, and whether the list goes there with what arrives: when somebody is there, or has
 * just written. Virtuoso alone would also go while somebody scrolls, away from what is being read.
 * @param onWroteAway somebody wrote while they were reading elsewhere
 */
export function useFollow(pending: number, list: RefObject<VirtuosoHandle | null>, onWroteAway?: () => void) {
  const [atEnd, setAtEnd] = useState(false)
  const state = useRef({
    atEnd: false,
    wentAt: Number.NEGATIVE_INFINITY,
    pending,
    /** What was written is not among the messages yet; the list goes along when it is, however long that takes. */
    waits: false,
  })
  const isOnItsWay = () => {
    const { wentAt, waits } = state.current
    return waits || performance.now() - wentAt < onItsWayMs
  }
  const showEnd = useCallback(() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' }), [list])
  const toEnd = useCallback(() => {
    state.current.wentAt = performance.now()
    showEnd()
  }, [showEnd])
  /** To the end once more, unless somebody has taken the list in hand since. */
  const toEndStill = useCallback(() => {
    if (state.current.wentAt !== Number.NEGATIVE_INFINITY) toEnd()
  }, [toEnd])
  useEffect(() => {
    const { pending: before, waits } = state.current
    state.current.pending = pending
    if (pending === before || (pending < before && !waits)) return
    state.current.waits = pending > 0
    if (pending < before) return toEnd()
    if (state.current.atEnd || !onWroteAway) toEnd()
    else onWroteAway()
  }, [pending, toEnd, onWroteAway])
  const onAtEnd = useCallback((now: boolean) => {
    state.current.atEnd = now
    setAtEnd(now)
  }, [])
  const followOutput = () => {
    const goes = state.current.atEnd || isOnItsWay()
    if (goes) state.current.wentAt = performance.now()
    return goes ? ('auto' as const) : false
  }
  /** Somebody takes the list in hand, or is led elsewhere. */
  const onTaken = useCallback(() => {
    state.current.wentAt = Number.NEGATIVE_INFINITY
    state.current.waits = false
  }, [])
  return {
    atEnd,
    toEnd,
    toEndStill,
    stay: onTaken,
    list: {
      atBottomStateChange: onAtEnd,
      followOutput,
      totalListHeightChanged: () => isOnItsWay() && showEnd(),
      onWheel: onTaken,
      onPointerDown: onTaken,
      onTouchMove: onTaken,
      onKeyDown: onTaken,
    },
  }
}
