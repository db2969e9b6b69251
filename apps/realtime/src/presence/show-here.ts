import type { Room } from './room.ts'
import { hear } from './watched.ts'

/** People on this node are known to those who look from here whether or not Redis is there; the others are told next. */
export function showHere({ here, looking, changed, untold }: Room): void {
  for (const sighting of here.changed()) {
    const one = looking.watched.get(sighting.person)
    if (one && hear(one, sighting)) changed.add(one)
    untold.set(sighting.person, sighting)
  }
}
