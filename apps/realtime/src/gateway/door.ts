import { countedAs } from '@parley/domain/client-address'
import { BOUNDS } from './bounds.ts'

/** Who has come, from an address, and was not let in. */
type Caller = { readonly address: string }

/** Callers that have not said who they are: anybody can be one, so they may not take the places of everybody. */
export type Door = {
  /** How many wait. */
  readonly waiting: number
  /** Whether one more from there may not wait. */
  full(address: string): boolean
  enter(caller: Caller): void
  has(caller: Caller): boolean
  /** It was let in, or is over. */
  leave(caller: Caller): void
}

export function openDoor(): Door {
  const waiting = new Set<Caller>()
  const from = new Map<string, number>()
  return {
    get waiting() {
      return waiting.size
    },
    full: (address) =>
      waiting.size >= BOUNDS.atDoor || (from.get(countedAs(address)) ?? 0) >= BOUNDS.atDoorFromOne,
    enter(caller) {
      waiting.add(caller)
      const key = countedAs(caller.address)
      from.set(key, (from.get(key) ?? 0) + 1)
    },
    has: (caller) => waiting.has(caller),
    leave(caller) {
      if (!waiting.delete(caller)) return
      const key = countedAs(caller.address)
      const left = (from.get(key) ?? 0) - 1
      if (left > 0) from.set(key, left)
      else from.delete(key)
    },
  }
}
