import type { MembershipMove, PersonPiece } from '@parley/adapters/fanout/subscriber'
import type { Database } from '@parley/db'
import { membershipsOf, type Standing } from '@parley/db/queries/delivery/memberships-of'
import { batched } from '@parley/domain/batched'
import type { Log } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { frameOf } from '../gateway/frame.ts'
import { BOUNDS } from './bounds.ts'
import { join, type Local, type LocalConversation, type LocalPerson, type Passed, part } from './local.ts'

export type Memberships = {
  /** Resolves when the person's memberships are known; rejects when the database does not answer. */
  known(person: LocalPerson): Promise<void>
  /** Something about the person was missed: reads them anew, and tells the person. */
  doubtful(person: LocalPerson): void
  take(person: LocalPerson, piece: PersonPiece): void
}

type Options = {
  db: Database
  log: Log
  now(): number
  /** A conversation that nobody here was in until now: what passed before was noted by nobody. */
  opened(conversation: LocalConversation): void
  isClosed(): boolean
}

/**
 * Who is in which conversation, as far as this node must know it: read once when a person arrives, then kept by what
 * happens to them, in the order of their personal versions. A removal holds at once, in whatever order it arrives; for
 * everything else a gap makes them be read anew.
 */
export function memberships(local: Local, { db, log, now, opened, isClosed }: Options): Memberships {
  /** What passes before a question is asked was durable before it, and is in its answer. */
  const read = batched<Id, { standing: Standing; passed: Passed }>(BOUNDS.asked, async (people) => {
    const passed: Passed = { versions: new Map(), full: false }
    local.passed = passed
    try {
      const found = await membershipsOf(db.connection, people)
      const standings = new Map(found.map((standing) => [standing.person, standing]))
      return people.map((person) => ({ standing: standings.get(person)!, passed }))
    } finally {
      // one that was given up does not end what the next one notes
      if (local.passed === passed) local.passed = null
    }
  })
  const doubted = new Set<LocalPerson>()
  const mending = new Set<LocalPerson>()

  function reread(person: LocalPerson): Promise<Set<LocalConversation>> {
    if (person.reading) {
      person.reading.again = true
      return person.reading.done
    }
    const reading = { done: Promise.resolve(new Set<LocalConversation>()), early: [], again: false }
    person.reading = reading
    reading.done = readUntilFresh(person).finally(() => {
      person.reading = null
    })
    return reading.done
  }

  async function readUntilFresh(person: LocalPerson): Promise<Set<LocalConversation>> {
    const reading = person.reading!
    const joined = new Set<LocalConversation>()
    do {
      reading.again = false
      reading.early = []
      const { standing, passed } = await read(person.id)
      if (!isHere(person)) break
      for (const conversation of apply(person, standing, passed)) joined.add(conversation)
      if (passed.full) reading.again = true
    } while (reading.again)
    return joined
  }

  /** @returns what the person turned out to be in */
  function apply(person: LocalPerson, standing: Standing, passed: Passed): LocalConversation[] {
    const there = new Set(standing.conversations)
    for (const conversation of [...person.conversations])
      if (!there.has(conversation.id)) part(local, person, conversation)
    const joined = standing.conversations.flatMap((id, i) => {
      const version = Math.max(standing.versions[i]!, passed.versions.get(id) ?? 0)
      return join(local, person, id, version) ?? []
    })
    person.version = standing.version
    const early = person.reading!.early.sort((a, b) => a.first - b.first)
    for (const piece of early) follow(person, piece)
    return joined
  }

  function take(person: LocalPerson, piece: PersonPiece): void {
    const { reading } = person
    if (!reading) follow(person, piece)
    else {
      for (const move of piece.moves) if ('left' in move) leave(person, move.left)
      if (reading.early.length < BOUNDS.earlyPieces) reading.early.push(piece)
      else reading.again = true
    }
  }

  function follow(person: LocalPerson, piece: PersonPiece): void {
    const version = person.version ?? 0
    if (piece.last <= version) return
    if (piece.first > version + 1) {
      for (const move of piece.moves) if ('left' in move) leave(person, move.left)
      doubtful(person)
    } else {
      for (const move of piece.moves) if (move.version > version) make(person, move)
      person.version = piece.last
    }
  }

  function make(person: LocalPerson, move: MembershipMove): void {
    if ('left' in move) leave(person, move.left)
    else {
      const conversation = join(local, person, move.joined, move.at)
      if (conversation?.people.size === 1) opened(conversation)
    }
  }

  function leave(person: LocalPerson, id: Id): void {
    const conversation = local.conversations.get(id)
    if (conversation) part(local, person, conversation)
  }

  function doubtful(person: LocalPerson): void {
    doubted.add(person)
    if (person.reading) person.reading.again = true
    if (!mending.has(person)) void mend(person)
  }

  async function mend(person: LocalPerson): Promise<void> {
    mending.add(person)
    while (doubted.delete(person) && isHere(person) && !isClosed()) {
      try {
        tell(person, await reread(person))
      } catch (error) {
        if (isClosed()) break
        log.error('memberships could not be read; trying again', error, { person: person.id })
        doubted.add(person)
        await new Promise((again) => setTimeout(again, BOUNDS.againMs).unref())
      }
    }
    mending.delete(person)
  }

  /**
   * Whoever synced before the memberships were read here knows of a conversation, but was told nothing of it between
   * the one and the other.
   */
  function tell(person: LocalPerson, joined: Iterable<LocalConversation>): void {
    const frames = [frameOf({ t: 'changed-person', person: person.id, version: person.version ?? 0 })]
    for (const { id, version, people } of joined)
      if (people.has(person)) frames.push(frameOf({ t: 'changed-conversation', conversation: id, version }))
    for (const connection of person.connections) for (const frame of frames) connection.live(frame, now())
  }

  const isHere = (person: LocalPerson) => local.people.get(person.id) === person

  return {
    async known(person) {
      if (person.version === null) await (person.reading?.done ?? reread(person))
    },
    doubtful,
    take,
  }
}
