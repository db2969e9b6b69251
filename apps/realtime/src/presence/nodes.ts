import { BOUNDS } from './bounds.ts'

export type Nodes = {
  /** The nodes that are taken for alive. */
  alive: ReadonlySet<string>
  /** Something came from this one. */
  heard(origin: string): void
  /** Nothing is known of the others any more; answers who that is. */
  forget(): Set<string>
  /** What Redis says now. `fresh`: nodes that were not known to be alive; `dead`: nodes that no longer are. */
  renewed(origins: ReadonlySet<string>): { fresh: Set<string>; dead: Set<string> }
}

/**
 * Which nodes are alive. One that is missing once may be missing because Redis has forgotten everybody, and is about to
 * write itself down again: it is dead when it is missing BOUNDS.missed times in a row.
 */
export function nodes(own: string): Nodes {
  const alive = new Set([own])
  const missing = new Map<string, number>()
  return {
    alive,
    heard(origin) {
      if (!alive.has(origin) && !missing.has(origin)) missing.set(origin, 0)
    },
    forget() {
      const others = new Set([...alive, ...missing.keys()].filter((origin) => origin !== own))
      for (const origin of others) alive.delete(origin)
      missing.clear()
      return others
    },
    renewed(origins) {
      const fresh = new Set([...origins].filter((origin) => !alive.has(origin)))
      const dead = new Set<string>()
      for (const origin of origins) {
        alive.add(origin)
        missing.delete(origin)
      }
      for (const origin of new Set([...alive, ...missing.keys()])) {
        if (origins.has(origin) || origin === own) continue
        const times = (missing.get(origin) ?? 0) + 1
        missing.set(origin, times)
        if (times < BOUNDS.missed) continue
        alive.delete(origin)
        missing.delete(origin)
        dead.add(origin)
      }
      return { fresh, dead }
    },
  }
}
