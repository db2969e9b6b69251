import { readSightings } from './load.ts'
import type { Room } from './room.ts'
import { bury, loadedOf } from './watched.ts'

/** Renews the lease on what this node sees, and takes nodes that came or died for what they are. */
export async function renewLease({
  redis,
  sightings,
  here,
  others,
  looking,
  changed,
  now,
}: Room): Promise<void> {
  if (redis.status !== 'ready') return
  const { kept, origins } = await sightings.renew()
  if (!kept) here.forgotten()
  const { fresh, dead } = others.renewed(origins)
  const all = loadedOf(looking.watched)
  if (dead.size > 0) for (const one of all) if (bury(one, dead, now())) changed.add(one)
  if (fresh.size === 0 || all.length === 0) return
  await readSightings(sightings, all, fresh)
  for (const one of all) changed.add(one)
}
