import { DOORS, type DoorName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** A node that people do not reach: they are turned away, or hear nothing. The other nodes serve them; the API is one alone. */
export const partFromPeople: Fault = {
  targets: DOORS,
  holds: (door) => [`people to ${door}`],
  ms: [500, 6_000],
  begin({ stage }, door, strength) {
    const front = stage.fronts[door as DoorName]
    front.become(strength < 0.5 ? 'silent' : 'refuse')
    return () => front.become('pass')
  },
}
