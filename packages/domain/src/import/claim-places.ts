import { placeOf } from './import-ids.ts'

/**
 * Finds each message its place among those of its node. Nearly always that is the place that its time names; the
 * answer holds only those that had to move on because a message of another conversation, in the same lane, was
 * posted in the same microsecond (old exports, whose fractions of a second are only counters, have some).
 * `times` ascend and hold nothing twice; `taken` is shared by all conversations of the node.
 */
export function claimPlaces(
  times: readonly number[],
  lane: number,
  taken: Set<number>,
): ReadonlyMap<number, number> {
  const moved = new Map<number, number>()
  let last = -1
  for (const ts of times) {
    const named = placeOf(ts, lane)
    let place = Math.max(named, last + 1)
    while (taken.has(place)) place += 1
    taken.add(place)
    last = place
    if (place !== named) moved.set(ts, place)
  }
  return moved
}
