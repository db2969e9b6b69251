import { DOORS, type DoorName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

const SLOWEST_MS = 1_500

/** Everything between a node, or the API, and its people takes long, both ways. */
export const slowPeople: Fault = {
  targets: DOORS,
  holds: (door) => [`people to ${door}`],
  ms: [1_000, 6_000],
  begin({ stage }, door, strength) {
    const front = stage.fronts[door as DoorName]
    front.delay(50 + strength * SLOWEST_MS)
    return () => front.delay(0)
  },
}
