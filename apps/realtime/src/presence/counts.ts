import type { Sql } from '@parley/db'
import { peopleIn } from '@parley/db/queries/presence/who-may-be-seen'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'

type Counted = {
  lookers: Set<Connection>
  /** Who looks and was not told yet. */
  fresh: Set<Connection>
  members: Id[]
  /** When they were read. */
  readAt: number
  told: number | null
}

export type Counts = {
  look(connection: Connection, conversations: ReadonlySet<Id>): void
  leave(connection: Connection): void
  /** Whether anybody looks at all, and somebody waits to be told. */
  isWanted(): boolean
  isFresh(): boolean
  /** Counts anew. `tell` is called for whoever must know of a number. */
  count(
    online: ReadonlySet<Id>,
    tell: (connection: Connection, conversation: Id, people: number) => void,
  ): Promise<void>
}

/**
 * How many members of a conversation are online, for those who look at its head. Everybody online is read once, however
 * many conversations are looked at, and counted here: a channel of ten thousand costs ten thousand look-ups in memory,
 * and its members' comings and goings cost nobody anything.
 */
export function counts(sql: Sql, now: () => number): Counts {
  const all = new Map<Id, Counted>()
  const looked = new Map<Connection, ReadonlySet<Id>>()

  function stop(connection: Connection, conversation: Id): void {
    const one = all.get(conversation)
    if (!one) return
    one.lookers.delete(connection)
    one.fresh.delete(connection)
    if (one.lookers.size === 0) all.delete(conversation)
  }

  function start(connection: Connection, conversation: Id): void {
    let one = all.get(conversation)
    if (!one) {
      one = {
        ...{ lookers: new Set(), fresh: new Set(), members: [], told: null },
        readAt: Number.NEGATIVE_INFINITY,
      }
      all.set(conversation, one)
    }
    one.lookers.add(connection)
    one.fresh.add(connection)
  }

  return {
    look(connection, conversations) {
      const before = looked.get(connection)
      if (conversations.size > 0) looked.set(connection, conversations)
      else looked.delete(connection)
      for (const id of before ?? []) if (!conversations.has(id)) stop(connection, id)
      for (const id of conversations) if (!before?.has(id)) start(connection, id)
    },
    leave(connection) {
      for (const id of looked.get(connection) ?? []) stop(connection, id)
      looked.delete(connection)
    },
    isWanted: () => all.size > 0,
    isFresh: () => [...all.values()].some(({ fresh }) => fresh.size > 0),
    async count(online, tell) {
      for (const [id, one] of all) {
        if (now() - one.readAt > BOUNDS.membersMs) {
          one.members = await peopleIn(sql, id)
          one.readAt = now()
        }
        const people = one.members.filter((member) => online.has(member)).length
        for (const connection of people === one.told ? one.fresh : one.lookers) tell(connection, id, people)
        one.told = people
        one.fresh.clear()
      }
    },
  }
}
