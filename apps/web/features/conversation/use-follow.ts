'use client'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { VirtuosoHandle } from 'react-virtuoso'

/** At the end for this long without a hand on it, the list rests there: what grows under it, or narrows, moves it along. */
const restsAfterMs = 1_000

/**
 * Whether the end of a list is shown, and whether the list goes there with what arrives: when somebody is there, or has
 * just written. Virtuoso alone would also go while somebody scrolls, away from what is being read.
 * @param onWroteAway somebody wrote while they were reading elsewhere
 */
export function useFollow(pending: number, list: RefObject<VirtuosoHandle | null>, onWroteAway?: () => void) {
  const [atEnd, setAtEnd] = useState(false)
  const state = useRef({
    atEnd: false,
    /** Sent to the end, and nobody took it in hand since: until then it ends up there, however late rows get their height. */
    heading: false,
    atEndSince: Number.POSITIVE_INFINITY,
    takenAt: Number.NEGATIVE_INFINITY,
    pending,
    /** What was written is not among the messages yet; the list goes along when it is, however long that takes. */
    waits: false,
  })
  const isOnItsWay = () => state.current.waits || state.current.heading
  const rests = useCallback(() => {
    const { atEnd, atEndSince, takenAt } = state.current
    return atEnd && performance.now() - Math.max(atEndSince, takenAt) > restsAfterMs
  }, [])
  const showEnd = useCallback(() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' }), [list])
  const toEnd = useCallback(() => {
    state.current.heading = true
    showEnd()
  }, [showEnd])
  /** To the end once more, unless somebody has taken the list in hand since. */
  const toEndStill = useCallback(() => {
    if (state.current.heading) toEnd()
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
  const onAtEnd = useCallback(
    (now: boolean) => {
      const moved = !now && (state.current.heading || rests())
      state.current.atEnd = now
      state.current.atEndSince = now ? performance.now() : Number.POSITIVE_INFINITY
      setAtEnd(now)
      if (moved) toEnd()
    },
    [rests, toEnd],
  )
  const followOutput = () => {
    const goes = state.current.atEnd || isOnItsWay()
    if (goes) state.current.heading = true
    return goes ? ('auto' as const) : false
  }
  /** Somebody takes the list in hand. */
  const onTaken = useCallback(() => {
    state.current.heading = false
    state.current.waits = false
    state.current.takenAt = performance.now()
  }, [])
  /** Led elsewhere, which may take its time: until it is at the end again it does not rest. */
  const stay = useCallback(() => {
    onTaken()
    state.current.atEndSince = Number.POSITIVE_INFINITY
  }, [onTaken])
  return {
    atEnd,
    toEnd,
    toEndStill,
    stay,
    list: {
      atBottomStateChange: onAtEnd,
      followOutput,
      totalListHeightChanged: () => {
        if (isOnItsWay()) showEnd()
        else if (rests()) toEnd()
      },
      onWheel: onTaken,
      onPointerDown: onTaken,
      onTouchMove: onTaken,
      onKeyDown: onTaken,
    },
  }
}
