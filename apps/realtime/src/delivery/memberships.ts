import type { MembershipMove, PersonPiece } from '@parley/adapters/fanout/subscriber'
import type { Database } from '@parley/db'
import { membershipsOf, type Standing } from '@parley/db/queries/delivery/memberships-of'
import type { Log } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { frameOf } from '../gateway/frame.ts'
import { batched } from './batched.ts'
import { BOUNDS } from './bounds.ts'
import { join, type Local, type LocalPerson, part } from './local.ts'

export type Memberships = {
  /** Resolves when the person's memberships are known; rejects when the database does not answer. */
  known(person: LocalPerson): Promise<void>
  /** Something about the person was missed: reads them anew, and tells the person. */
  doubtful(person: LocalPerson): void
  take(person: LocalPerson, piece: PersonPiece): void
}

/**
 * Who is in which conversation, as far as this node must know it: read once when a person arrives, then kept by what
 * happens to them, in the order of their personal versions. A removal holds at once, in whatever order it arrives; for
 * everything else a gap makes them be read anew.
 */
export function memberships(
  local: Local,
  { db, log, now }: { db: Database; log: Log; now(): number },
): Memberships {
  const read = batched<Id, Standing>(BOUNDS.asked, async (people) => {
    const found = await membershipsOf(db.connection, people)
    return new Map(found.map((standing) => [standing.person, standing]))
  })
  let reads = 0

  function reread(person: LocalPerson): Promise<void> {
    if (person.reading) {
      person.reading.again = true
      return person.reading.done
    }
    const reading = { done: Promise.resolve(), early: [], again: false }
    person.reading = reading
    local.passed ??= new Map()
    reads++
    reading.done = readUntilFresh(person).finally(() => {
      person.reading = null
      if (--reads === 0) local.passed = null
    })
    return reading.done
  }

  async function readUntilFresh(person: LocalPerson): Promise<void> {
    const reading = person.reading!
    do {
      reading.again = false
      reading.early = []
      const standing = await read(person.id)
      if (local.people.get(person.id) !== person) return
      apply(person, standing!)
    } while (reading.again)
  }

  function apply(person: LocalPerson, standing: Standing): void {
    const there = new Set(standing.conversations)
    for (const conversation of [...person.conversations])
      if (!there.has(conversation.id)) part(local, person, conversation)
    for (const [i, id] of standing.conversations.entries()) join(local, person, id, standing.versions[i]!)
    person.version = standing.version
    const early = person.reading!.early.sort((a, b) => a.first - b.first)
    for (const piece of early) follow(person, piece)
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
      for (const move of piece.moves) if (move.version > version) apply1(person, move)
      person.version = piece.last
    }
  }

  function apply1(person: LocalPerson, move: MembershipMove): void {
    if ('left' in move) leave(person, move.left)
    else join(local, person, move.joined, move.at)
  }

  function leave(person: LocalPerson, id: Id): void {
    const conversation = local.conversations.get(id)
    if (conversation) part(local, person, conversation)
  }

  function doubtful(person: LocalPerson): void {
    reread(person).then(
      () => {
        const frame = frameOf({ t: 'changed-person', person: person.id, version: person.version ?? 0 })
        for (const connection of person.connections) connection.live(frame, now())
      },
      (error: unknown) => {
        log.error('memberships could not be read; trying again', error, { person: person.id })
        setTimeout(() => {
          if (local.people.get(person.id) === person) doubtful(person)
        }, BOUNDS.againMs).unref()
      },
    )
  }

  return {
    known: (person) =>
      person.version === null ? (person.reading?.done ?? reread(person)) : Promise.resolve(),
    doubtful,
    take,
  }
}
