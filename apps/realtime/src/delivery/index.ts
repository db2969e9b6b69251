import type { Hints, Parcel, Receiver, Typing } from '@parley/adapters/fanout/subscriber'
import type { Database } from '@parley/db'
import type { StandingSession } from '@parley/db/queries/delivery/standing-sessions'
import type { Log } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { BOUNDS as GATEWAY } from '../gateway/bounds.ts'
import type { Connection } from '../gateway/connection.ts'
import { frameOf, textFrame } from '../gateway/frame.ts'
import type { Presence } from '../presence/index.ts'
import { BOUNDS } from './bounds.ts'
import { catchUp } from './catch-up.ts'
import { compare } from './compare.ts'
import { emptyLocal, forget, type LocalPerson, personOf } from './local.ts'
import { lookUp } from './look-up.ts'
import { memberships } from './memberships.ts'
import { ordering } from './ordering.ts'
import { sessions } from './sessions.ts'

type Options = {
  db: Database
  log: Log
  now(): number
  /** Whether the other nodes reach us. */
  listening(): boolean
  /** Sessions and people whose connections must go at once. */
  revoke(revoked: Parcel['revoked']): void
  /** Of whom presence must know. */
  presence: Pick<Presence, 'arrived' | 'left' | 'chose' | 'missed' | 'moved'>
  /** A session that turned out to be over. */
  ended(connection: Connection): void
}

export type Delivery = Receiver & {
  /**
   * Lets a connection in: when this resolves to true, `admit` was called and everything committed since is told to
   * it. False: the session no longer stands. Rejects when the database does not answer.
   */
  enter(
    who: { person: Id; session: Id },
    admit: (person: LocalPerson, standing: StandingSession) => Connection | null,
  ): Promise<boolean>
  leave(connection: Connection, person: LocalPerson): void
  /** Takes over the name and role that its person has by now; ends it when its session is over. */
  refresh(connection: Connection): Promise<void>
  /** Whether this person is known here to be in the conversation. */
  isMember(person: LocalPerson, conversation: Id): boolean
  /** Whom and what this node serves by now. */
  served(): { people: number; conversations: number }
  close(): void
}

/** Who is told what: the part of a node that stands between publications and connections. */
export function openDelivery(options: Options): Delivery {
  const { db, log, now } = options
  const local = emptyLocal()
  let closed = false
  const isClosed = () => closed
  const people = memberships(local, { db, log, now, opened: (one) => late(one), isClosed })
  const inOrder = ordering(local, { now, doubtful: (conversation) => ask(conversation) })
  const ask = lookUp(local, { db, log, now, release: inOrder.release, isClosed })
  const late = catchUp(db, { doubtful: ask, isClosed })
  const standing = sessions(db)

  function* connections(): Generator<Connection> {
    for (const person of local.people.values()) yield* person.connections
  }

  function missed(person: LocalPerson): void {
    options.presence.missed(person.id)
    people.doubtful(person)
  }

  let comparing = false
  let compareAgain = false
  let retry: NodeJS.Timeout | null = null
  async function compareAll(): Promise<void> {
    compareAgain = true
    if (comparing || closed) return
    comparing = true
    try {
      while (compareAgain) {
        compareAgain = false
        await compare(local, db, { conversation: ask, person: missed })
        await standing.check(connections(), options.ended)
      }
    } catch (error) {
      if (closed) return
      log.error('could not compare with the database; trying again', error)
      retry ??= setTimeout(() => {
        retry = null
        void compareAll()
      }, BOUNDS.againMs).unref()
    } finally {
      comparing = false
    }
  }

  let checked = now()
  function watch(): void {
    if (!options.listening()) void compareAll()
    else if (now() - checked > BOUNDS.sessionsMs) {
      checked = now()
      standing
        .check(connections(), options.ended)
        .catch((error: unknown) => log.error('sessions could not be checked', error))
    }
  }
  const watching = setInterval(watch, BOUNDS.deafMs)
  watching.unref()

  return {
    async enter({ person: id, session }, admit) {
      const person = personOf(local, id)
      person.entering++
      try {
        const [stands] = await Promise.all([standing.standing(session), people.known(person)])
        const connection = stands ? admit(person, stands) : null
        if (connection) {
          person.connections.push(connection)
          options.presence.arrived(id)
        }
        return stands !== undefined
      } finally {
        person.entering--
        forget(local, person)
      }
    },
    leave(connection, person) {
      const at = person.connections.indexOf(connection)
      if (at >= 0) {
        person.connections.splice(at, 1)
        options.presence.left(connection, person.id)
      }
      forget(local, person)
    },
    refresh: (connection) => standing.check([connection], options.ended),
    isMember: (person, id) => local.conversations.get(id)?.people.has(person) ?? false,

    parcel(parcel) {
      options.revoke(parcel.revoked)
      for (const piece of parcel.people) {
        options.presence.moved(piece.person, piece.moves)
        if (piece.chosen) options.presence.chose(piece.person, piece.chosen)
        const person = local.people.get(piece.person)
        if (!person) continue
        people.take(person, piece)
        if (person.connections.length === 0) continue
        const frame = textFrame(piece.frame)
        for (const connection of person.connections) connection.live(frame, now())
      }
      for (const piece of parcel.conversations) inOrder.take(piece)
    },
    hints(hints: Hints) {
      const { sessions, people: who } = hints.revoked
      options.revoke({ sessions, people: [] })
      // told late: a person may have come back since, with a session that stands
      if (who.length > 0) void compareAll()
      for (const [id, version] of hints.conversations) {
        const conversation = local.conversations.get(id)
        if (conversation && conversation.version < version) ask(conversation)
      }
      for (const [id, version] of hints.people) {
        options.presence.missed(id)
        const person = local.people.get(id)
        if (person && (person.version ?? 0) < version) people.doubtful(person)
      }
    },
    typing(typing: Typing) {
      const conversation = local.conversations.get(typing.conversation)
      if (!conversation || conversation.people.size > GATEWAY.typingPeople) return
      const frame = frameOf({ t: 'typing', ...typing })
      for (const person of conversation.people)
        if (person.id !== typing.person)
          for (const connection of person.connections) connection.live(frame, now())
    },
    lost() {
      options.presence.missed(null)
      void compareAll()
    },
    served: () => ({ people: local.people.size, conversations: local.conversations.size }),
    close() {
      closed = true
      clearInterval(watching)
      if (retry) clearTimeout(retry)
      inOrder.close()
    },
  }
}
