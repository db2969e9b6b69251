import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'

export type Addresses = {
  /** Where to go without asking the API, best first: not to the node that has just fallen silent, which may hang for long. */
  next(): readonly string[]
  all(): readonly string[]
  /** What the API said. */
  learn(addresses: readonly string[]): void
  /** Where a node said to go. */
  prefer(addresses: readonly string[]): void
  /** Nothing is heard from there any more: all others come first, and the API is asked before it is tried again. */
  avoid(address: string): void
  /** The client was let in somewhere. */
  reached(): void
  /**
   * Nobody was reached where the API said. True when for a while it has named none that the host may reach: those that it
   * may are not only restarting, and nothing but a page that is loaded anew will get anywhere.
   */
  missed(): boolean
}

/** Where nodes are, as far as anybody said. */
export function addresses(clock: Clock, isBarred: (address: string) => boolean): Addresses {
  let known: readonly string[] = []
  let silent: string | null = null
  let barredSince: number | null = null

  const keep = (addresses: Iterable<string>) => {
    known = [...new Set(addresses)].slice(0, BOUNDS.addresses)
  }
  return {
    next() {
      const others = known.filter((one) => one !== silent)
      silent = null
      return others
    },
    all: () => known,
    learn: keep,
    prefer: (addresses) => keep([...addresses, ...known]),
    avoid(address) {
      keep([...known.filter((one) => one !== address), address])
      silent = address
    },
    reached() {
      barredSince = null
    },
    missed() {
      if (known.length === 0 || !known.every(isBarred)) barredSince = null
      else barredSince ??= clock.now()
      return barredSince !== null && clock.now() - barredSince >= BOUNDS.barredWait
    },
  }
}
