import { BOUNDS } from './bounds.ts'
import type { Room } from './room.ts'

/** Counts who is online where somebody looks: all every BOUNDS.countMs, between that for those who began to look. */
export async function countOnline(room: Room): Promise<void> {
  const { counting, redis, sightings, others, told, clock } = room
  if (!counting.isWanted() || room.blind || redis.status !== 'ready') return
  const isDue = !room.online || clock() - room.online.at >= BOUNDS.countMs
  if (!isDue && !counting.isFresh()) return
  if (isDue) {
    const people = await sightings.everybody(others.alive)
    // sight was lost while they were read: who is online is not known any more
    if (room.blind) return
    room.online = { people, at: clock() }
  }
  counting.count(isDue ? 'all' : 'fresh', room.online!.people, told.online)
}
