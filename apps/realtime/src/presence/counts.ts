import type { Sql } from '@parley/db'
import { peopleIn } from '@parley/db/queries/presence/who-may-be-seen'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'

type Counted = {
  lookers: Set<Connection>
  /** Who looks and was not told yet. */
  fresh: Set<Connection>
  members: Set<Id>
  /** When they were read; a while earlier when that is not all that is known of them. */
  readAt: number
  /** While they are read: somebody came or left, which what is read may not know. */
  moved: boolean
  told: number | null
}

type Options = {
  sql: Sql
  /** Milliseconds that only ever go forward. */
  now(): number
  isMember(connection: Connection, conversation: Id): boolean
}

export type Counts = {
  look(connection: Connection, conversations: ReadonlySet<Id>): void
  leave(connection: Connection): void
  /** Somebody came to a conversation, or left it. */
  moved(person: Id, conversation: Id, joined: boolean): void
  /** Whether anybody looks at all, and somebody waits to be told. */
  isWanted(): boolean
  isFresh(): boolean
  /** Of how many conversations anything is remembered. */
  remembered(): number
  /** No number is known to hold any more; `tell` is called for whoever was told one. */
  lost(tell: (connection: Connection, conversation: Id) => void): void
  /** Reads who is in those that are looked at, where that is not known, or was read too long ago. */
  read(): Promise<void>
  /**
   * Counts anew, where it is known who is in there: all, or only where somebody was not told yet. `tell` is called for
   * whoever must know of a number.
   */
  count(
    which: 'all' | 'fresh',
    online: ReadonlySet<Id>,
    tell: (connection: Connection, conversation: Id, people: number) => void,
  ): void
}

/**
 * How many members of a conversation are online, for those who look at its head. Everybody online is read once, however
 * many conversations are looked at, and counted here: a channel of ten thousand costs ten thousand look-ups in memory,
 * and its members' comings and goings cost nobody anything. Who is in a conversation is asked only for a member of it, and
 * not again because somebody looked away and back.
 */
export function counts({ sql, now, isMember }: Options): Counts {
  const all = new Map<Id, Counted>()
  const looked = new Map<Connection, ReadonlySet<Id>>()

  function stop(connection: Connection, conversation: Id): void {
    const one = all.get(conversation)
    if (!one) return
    one.lookers.delete(connection)
    one.fresh.delete(connection)
    // whoever is no member could look at ever more of them
    if (one.lookers.size === 0 && one.readAt === Number.NEGATIVE_INFINITY) all.delete(conversation)
  }

  const isKnown = ({ readAt }: Counted) => now() - readAt <= BOUNDS.membersMs
  const isAnyMember = (connections: ReadonlySet<Connection>, conversation: Id) =>
    [...connections].some((connection) => isMember(connection, conversation))

  /** Those longest without anybody who looks go first: the order is that in which they were last begun to be looked at. */
  function forget(): void {
    for (const [id, one] of all) {
      if (one.lookers.size > 0) continue
      if (all.size > BOUNDS.counted || !isKnown(one)) all.delete(id)
    }
  }

  function start(connection: Connection, conversation: Id): void {
    let one = all.get(conversation)
    if (!one) {
      one = {
        ...{ lookers: new Set(), fresh: new Set(), members: new Set(), moved: false, told: null },
        readAt: Number.NEGATIVE_INFINITY,
      }
    }
    all.delete(conversation)
    all.set(conversation, one)
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
    moved(person, conversation, joined) {
      const one = all.get(conversation)
      if (!one) return
      one.moved = true
      if (joined) one.members.add(person)
      else one.members.delete(person)
    },
    lost(tell) {
      for (const [id, one] of all) {
        one.told = null
        for (const connection of one.lookers) {
          if (!one.fresh.has(connection)) tell(connection, id)
          one.fresh.add(connection)
        }
      }
    },
    isWanted: () => looked.size > 0,
    remembered: () => all.size,
    isFresh: () => [...all].some(([id, { fresh }]) => isAnyMember(fresh, id)),
    async read() {
      // people look elsewhere while one of them is read
      for (const [id, one] of [...all]) {
        if (isKnown(one) || !isAnyMember(one.lookers, id)) continue
        one.moved = false
        one.members = new Set(await peopleIn(sql, id))
        // with what may be missing it is good enough until all are counted again
        one.readAt = one.moved ? now() - BOUNDS.membersMs + BOUNDS.countMs : now()
      }
    },
    count(which, online, tell) {
      forget()
      for (const [id, one] of all) {
        if (!isKnown(one) || !isAnyMember(which === 'all' ? one.lookers : one.fresh, id)) continue
        const people = [...one.members].filter((member) => online.has(member)).length
        for (const connection of people === one.told ? one.fresh : one.lookers)
          if (isMember(connection, id)) {
            tell(connection, id, people)
            one.fresh.delete(connection)
          }
        one.told = people
      }
    },
  }
}
