import { BOUNDS } from './bounds.ts'

export type Load = {
  /** Looks once, and answers whether the node is full now. */
  look(connections: number, delay: number): boolean
  readonly full: boolean
  /** How many too many there are: the newest go elsewhere, a few at a look. */
  tooMany(connections: number): number
}

/**
 * Whether a node has more to do than it can: too many connections, or an event loop that is late for several looks in a
 * row. It is so until both have clearly eased, so that it does not go to and fro.
 * @param most connections that it takes
 */
export function load(most: number): Load {
  const eased = Math.floor(most * BOUNDS.easedShare)
  let full = false
  let late = 0
  let punctual = 0
  return {
    get full() {
      return full
    },
    look(connections, delay) {
      late = delay > BOUNDS.delayFull ? late + 1 : 0
      punctual = delay < BOUNDS.delayEased ? punctual + 1 : 0
      if (connections > most || late >= BOUNDS.looks) full = true
      else if (connections <= eased && punctual >= BOUNDS.looks) full = false
      return full
    },
    tooMany(connections) {
      if (!full) return 0
      const share = Math.ceil(connections * BOUNDS.shedShare)
      // a late event loop says nothing of how many are too many: it is looked at again after each share
      return late > 0 ? share : Math.max(0, Math.min(share, connections - eased))
    },
  }
}
