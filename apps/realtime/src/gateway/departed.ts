import type { Id } from '@parley/protocol'
import type { LocalPerson } from '../delivery/local.ts'
import { BOUNDS } from './bounds.ts'

/** People who have gone from here: what they said counts on, so that nobody begins anew by coming back. */
export type Departed = {
  keep(person: LocalPerson, now: number): void
  recall(person: LocalPerson): void
}

export function departed(): Departed {
  const rested = new Map<Id, number>()
  return {
    keep({ id, restedAt }, now) {
      // in the order in which they went: behind the first that still counts, few do not
      for (const [longest, until] of rested) {
        if (until > now && rested.size < BOUNDS.departed) break
        rested.delete(longest)
      }
      rested.delete(id)
      if (restedAt > now) rested.set(id, restedAt)
    },
    recall(person) {
      person.restedAt = Math.max(person.restedAt, rested.get(person.id) ?? 0)
      rested.delete(person.id)
    },
  }
}
