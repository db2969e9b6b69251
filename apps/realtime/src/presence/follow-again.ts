import { readSightings } from './load.ts'
import type { Room } from './room.ts'

/** After Redis was away: follows all who are looked at anew, and reads what was missed. */
export async function followAgain(room: Room): Promise<void> {
  const { redis, looking, followed, sightings, others, changed } = room
  if (!room.refollow || redis.status !== 'ready') return
  room.refollow = false
  // also who is being loaded: that may have been begun before Redis went
  const all = [...looking.watched.values()]
  try {
    await followed.follow(all.map(({ id }) => id))
    await readSightings(sightings, all, others.alive)
  } catch (error) {
    room.refollow = true
    throw error
  }
  for (const one of all) changed.add(one)
}
