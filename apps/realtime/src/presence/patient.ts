import { within } from '@parley/domain/within'
import { BOUNDS } from './bounds.ts'
import type { Room } from './room.ts'

/**
 * A step that keeps no other one waiting: when what it asks does not answer, the others go on without it, and it is
 * taken again when it is over.
 */
export function patient(step: (room: Room) => Promise<void>): (room: Room) => Promise<void> {
  let underway: Promise<void> | null = null
  return async (room) => {
    if (underway) return
    underway = step(room).finally(() => {
      underway = null
    })
    await within(BOUNDS.patienceMs, underway)
  }
}
