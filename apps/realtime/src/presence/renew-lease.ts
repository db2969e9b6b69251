import { BOUNDS } from './bounds.ts'
import { readSightings } from './load.ts'
import type { Room } from './room.ts'
import { bury, loadedOf } from './watched.ts'

/** Renews the lease on what this node sees, and takes nodes that came or died for what they are. */
export async function renewLease(room: Room): Promise<void> {
  const { sightings, here, others, looking, changed, now } = room
  const renewed = await renew(room)
  if (!renewed) return
  if (!renewed.kept) here.forgotten()
  const { fresh, dead } = others.renewed(renewed.origins)
  const all = loadedOf(looking.watched)
  if (dead.size > 0) for (const one of all) if (bury(one, dead, now())) changed.add(one)
  if (fresh.size === 0 || all.length === 0) return
  await readSightings(sightings, all, fresh)
  for (const one of all) changed.add(one)
}

/** @returns null when Redis is away */
async function renew(room: Room): Promise<Renewed | null> {
  let renewed: Renewed | null = null
  try {
    if (room.redis.status === 'ready') renewed = await room.sightings.renew()
  } finally {
    if (renewed) seeAgain(room)
    else room.returned = null
  }
  return renewed
}
type Renewed = Awaited<ReturnType<Room['sightings']['renew']>>

/** Whoever is still not seen by then, when the other nodes had the time to say so, is not there. */
function seeAgain(room: Room): void {
  const { looking, changed, clock } = room
  room.renewed = clock()
  room.returned ??= room.renewed
  if (!room.blind || room.renewed - room.returned < BOUNDS.returnMs) return
  room.blind = false
  for (const one of looking.watched.values()) changed.add(one)
}
