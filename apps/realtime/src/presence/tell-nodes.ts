import type { Room } from './room.ts'
import { hear } from './watched.ts'

/** Tells the other nodes what changed here. People on this node are known here whether or not Redis is there. */
export async function tellNodes({ here, looking, changed, redis, sightings }: Room): Promise<void> {
  const sighted = here.changed()
  if (sighted.length === 0) return
  for (const sighting of sighted) {
    const one = looking.watched.get(sighting.person)
    if (one && hear(one, sighting)) changed.add(one)
  }
  try {
    if (redis.status !== 'ready') throw new Error('Redis is away')
    await sightings.write(sighted)
  } catch (error) {
    here.untold(sighted)
    throw error
  }
}
