import type { Room } from './room.ts'
import { endsAt, refresh, type Watched } from './watched.ts'

/** Tells whoever looks what changed since the last tick, in one frame each. */
export function tellLookers(room: Room): void {
  const { looking, changed, told, now, clock } = room
  if (now() >= room.nextEnd) {
    for (const one of looking.watched.values()) changed.add(one)
    room.nextEnd = Number.POSITIVE_INFINITY
  }
  const already = new Set<Watched>()
  for (const one of changed) {
    room.nextEnd = Math.min(room.nextEnd, endsAt(one, now()))
    if (!one.loaded || !refresh(one, now(), room)) continue
    already.add(one)
    for (const connection of one.lookers) told.person(connection, one)
  }
  for (const [connection, one] of room.fresh)
    if (!already.has(one) && one.lookers.has(connection)) told.person(connection, one)
  changed.clear()
  room.fresh = []
  told.flush(clock())
}
