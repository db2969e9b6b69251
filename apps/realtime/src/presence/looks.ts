import { type Id, LIMITS } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'
import { newWatched, type Watched } from './watched.ts'

/** What one connection looks at. */
export type Look = {
  people: Set<Id>
  conversations: Set<Id>
  /** Of those people, whom it was not told of yet. */
  fresh: Set<Id>
  /** People it may newly look at now, and when that was last counted. */
  allowance: number
  counted: number
}

export type Looks = {
  watched: ReadonlyMap<Id, Watched>
  of: ReadonlyMap<Connection, Look>
  /** From now on it looks at these, and at nobody else. */
  look(connection: Connection, people: readonly Id[], conversations: readonly Id[]): Look
  /** It may not look at this person any more. True: it did. */
  refuse(connection: Connection, person: Id): boolean
  leave(connection: Connection): void
  /** Whom the connection is to be told of now, as far as its allowance goes; the others stay fresh. */
  next(look: Look): Id[]
  watch(connection: Connection, person: Id): Watched
  /** Forgets whom nobody has looked at for a while, and answers who that was. */
  tidy(): Id[]
}

/** Who looks at whom, both ways round. */
export function looks(now: () => number): Looks {
  const watched = new Map<Id, Watched>()
  const of = new Map<Connection, Look>()

  /** True: it was looking. */
  function stop(connection: Connection, person: Id): boolean {
    const one = watched.get(person)
    if (!one?.lookers.delete(connection)) return false
    if (one.lookers.size === 0) one.unseen = now()
    return true
  }

  function refill(look: Look): void {
    const seconds = (now() - look.counted) / 1_000
    look.counted = now()
    look.allowance = Math.min(BOUNDS.looksBurst, look.allowance + seconds * BOUNDS.looksPerSecond)
  }

  return {
    watched,
    of,
    look(connection, people, conversations) {
      const before = of.get(connection)
      const look: Look = {
        people: new Set(people.slice(0, LIMITS.lookPeople)),
        conversations: new Set(conversations.slice(0, LIMITS.lookConversations)),
        fresh: new Set(),
        allowance: before?.allowance ?? BOUNDS.looksBurst,
        counted: before?.counted ?? now(),
      }
      for (const person of before?.people ?? []) if (!look.people.has(person)) stop(connection, person)
      for (const person of look.people)
        if (!before?.people.has(person) || before.fresh.has(person)) look.fresh.add(person)
      of.set(connection, look)
      return look
    },
    refuse(connection, person) {
      of.get(connection)?.people.delete(person)
      return stop(connection, person)
    },
    leave(connection) {
      const look = of.get(connection)
      if (!look) return
      of.delete(connection)
      for (const person of look.people) stop(connection, person)
    },
    next(look) {
      refill(look)
      const people = [...look.fresh].slice(0, Math.floor(look.allowance))
      look.allowance -= people.length
      for (const person of people) look.fresh.delete(person)
      return people
    },
    watch(connection, person) {
      let one = watched.get(person)
      if (!one) {
        one = newWatched(person)
        watched.set(person, one)
      }
      one.lookers.add(connection)
      one.unseen = 0
      return one
    },
    tidy() {
      const gone: Id[] = []
      for (const [id, one] of watched) {
        if (one.lookers.size > 0 || now() - one.unseen < BOUNDS.lingerMs) continue
        watched.delete(id)
        gone.push(id)
      }
      return gone
    },
  }
}
