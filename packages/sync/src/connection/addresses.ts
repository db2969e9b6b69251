import { BOUNDS } from '../bounds.ts'

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
}

/** Where nodes are, as far as anybody said. */
export function addresses(): Addresses {
  let known: readonly string[] = []
  let silent: string | null = null

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
  }
}
