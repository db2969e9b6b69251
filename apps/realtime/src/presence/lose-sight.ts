import { BOUNDS } from './bounds.ts'
import type { Room } from './room.ts'
import { bury } from './watched.ts'

/**
 * Redis has been away for longer than the lease of any node lasts: what the others last saw is not known to hold. Those
 * whom only they saw are not shown as anything, until Redis is back and the nodes had the time to say that they are there.
 */
export function loseSight(room: Room): void {
  const { looking, counting, others, changed, told, now, clock } = room
  const away = clock() - room.renewed
  if (room.blind || away < BOUNDS.sightMs) return
  room.blind = true
  const lost = others.forget()
  for (const one of looking.watched.values()) {
    bury(one, lost, now() - away)
    changed.add(one)
  }
  room.online = null
  counting.lost(told.unknown)
}
