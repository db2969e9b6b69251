import { countedAs } from '@parley/domain/client-address'
import { BOUNDS } from './bounds.ts'
import type { Connection } from './connection.ts'

/** Sockets that have not said who they are: anybody can open those, so they may not take the places of everybody. */
export type Door = {
  /** How many wait. */
  readonly waiting: number
  /** Whether one more from there may not wait. */
  full(address: string): boolean
  enter(connection: Connection): void
  /** It was let in, or is over. */
  leave(connection: Connection): void
}

export function openDoor(): Door {
  const waiting = new Set<Connection>()
  const from = new Map<string, number>()
  return {
    get waiting() {
      return waiting.size
    },
    full: (address) =>
      waiting.size >= BOUNDS.atDoor || (from.get(countedAs(address)) ?? 0) >= BOUNDS.atDoorFromOne,
    enter(connection) {
      waiting.add(connection)
      const key = countedAs(connection.address)
      from.set(key, (from.get(key) ?? 0) + 1)
    },
    leave(connection) {
      if (!waiting.delete(connection)) return
      const key = countedAs(connection.address)
      const left = (from.get(key) ?? 0) - 1
      if (left > 0) from.set(key, left)
      else from.delete(key)
    },
  }
}
