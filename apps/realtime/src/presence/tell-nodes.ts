import type { Room } from './room.ts'

/** Tells the other nodes what changed here, all of it that they do not know yet. */
export async function tellNodes({ untold, redis, sightings }: Room): Promise<void> {
  if (untold.size === 0) return
  if (redis.status !== 'ready') throw new Error('Redis is away')
  const telling = [...untold.values()]
  untold.clear()
  try {
    await sightings.write(telling)
  } catch (error) {
    // what has changed meanwhile is newer
    for (const sighting of telling) if (!untold.has(sighting.person)) untold.set(sighting.person, sighting)
    throw error
  }
}
