import type { Deps } from '@parley/domain/deps'
import type { NodeState } from '@parley/domain/ports'
import { within } from '@parley/domain/within'
import { isInside } from '../handlers/lane.ts'
import { BOUNDS } from './bounds.ts'
import type { Connection } from './connection.ts'
import { load } from './load.ts'
import { others } from './others.ts'

type Options = {
  deps: Pick<Deps, 'registry' | 'region' | 'addresses' | 'log'>
  name: string
  /** Where people reach this node. */
  address: string | null
  /** Connections that it takes. */
  most: number
  /** Event-loop delay in milliseconds. */
  delay(): number
  /** Whether what it stands on answers. */
  healthy(): boolean
  /** Tells the others how this node is. */
  say(): Promise<void>
}

export type Balance = ReturnType<typeof balance>

/**
 * A node among others: how it is, and whom it sends to them. While it is full, newcomers and a few of the newest at a
 * time are sent to nodes that have room; when none has, it keeps them.
 */
export function balance({ deps, name, address, most, delay, healthy, say }: Options) {
  const own = load(most)
  const beside = others(deps, { name, address })
  let draining = false

  return {
    state(): NodeState {
      if (draining) return 'draining'
      if (!healthy()) return 'failing'
      return own.full ? 'full' : 'ready'
    },
    isDraining: () => draining,
    /** For a newcomer: empty unless this node is full and another has room. */
    elsewhere: (): string[] => (own.full ? beside.withRoom() : []),
    /** For whoever must go. */
    anywhereElse: beside.atAll,
    /**
     * `inside`: how many of the connections are. Those at the door, who are nobody yet and are bounded there, send nobody
     * away who is.
     */
    async look(connections: ReadonlySet<Connection>, inside: number, now: () => number): Promise<void> {
      const was = own.full
      own.look(inside, delay())
      if (own.full !== was) {
        deps.log.warn(own.full ? 'this node is full' : 'this node has room again', {
          connections: inside,
        })
        void say()
      }
      if (!own.full) return
      await beside.look()
      const many = own.tooMany(inside)
      if (many === 0 || beside.withRoom().length === 0) return
      const newest = [...connections].filter(isInside).slice(-many)
      for (const connection of newest) connection.end('redirect', now(), beside.withRoom())
    },
    /** The others, and whoever asks where to connect, are told before anybody is sent away. */
    async beginDrain(): Promise<void> {
      draining = true
      // neither fails, and whoever is sent away finds out by themselves what they were not told
      await within(BOUNDS.announceMs, Promise.all([say(), beside.look()])).catch(() => {})
    },
  }
}
