import { DOORS, type DoorName } from '../stage/index.ts'
import { type Fault, nothingToHeal } from './fault.ts'

/**
 * The connections of a node, or of the API, fall silent, and neither end is told, as when somebody walks out of a
 * network. Half of the times they are reset at last; else nobody ever says anything, and each end must find out for
 * itself.
 */
export const halfOpen: Fault = {
  targets: DOORS,
  holds: (door) => [`people to ${door}`],
  ms: [1_000, 8_000],
  begin({ stage }, door, strength) {
    const reset = stage.fronts[door as DoorName].halfOpen()
    return strength < 0.5 ? reset : nothingToHeal
  },
}
