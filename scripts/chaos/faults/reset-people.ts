import { DOORS, type DoorName } from '../stage/index.ts'
import { type Fault, nothingToHeal } from './fault.ts'

/** Everybody on one node, or with a request under way, loses their connection at once and may come back at once. */
export const resetPeople: Fault = {
  targets: DOORS,
  holds: (door) => [`people to ${door}`],
  ms: [100, 300],
  begin({ stage }, door) {
    stage.fronts[door as DoorName].cut()
    return nothingToHeal
  },
}
