import type { Heard } from '../crowd/protocol.ts'
import type { Facts } from '../facts.ts'
import type { MoveMade } from '../movers.ts'
import { nameOf } from '../people.ts'
import type { Room } from '../rooms.ts'

/**
 * Message-path rules 6, 11 and 13: nothing of a conversation reaches who is no member of it. Who went with version v
 * hears nothing newer than v, until a move that may bring them back was begun; who never was in it, nothing at all.
 */
export function* heardByMembersOnly({ rooms, histories, moves }: Facts): Generator<string> {
  for (const { person, heard } of histories)
    for (const [id, some] of Map.groupBy(heard, ({ conversation }) => conversation)) {
      const room = rooms.find((one) => one.id === id)
      if (!room) {
        yield `${nameOf(person)} heard of ${id}, which is a conversation of another round.`
        continue
      }
      const mine = moves.filter((move) => move.conversation === id && move.person === person)
      for (const away of absences(room, person, mine)) {
        const leak = some.find(({ version, at }) => version > away.after && at < away.until)
        if (leak) yield sentence(person, leak, away)
      }
    }
}

type Absence = { after: number; until: number }

/** Each time that somebody was surely away. */
function* absences(room: Room, person: string, moves: MoveMade[]): Generator<Absence> {
  let away: number | null = room.members.includes(person) ? null : 0
  for (const { kind, began, moved } of moves) {
    if (away !== null) yield { after: away, until: began }
    if (moved.outcome === 'refused') continue
    const goes = kind === 'leave' || kind === 'remove'
    // what got no answer may be done at any later moment: nothing is sure until the next move that is answered
    away = goes && moved.outcome === 'done' ? moved.version : null
  }
  if (away !== null) yield { after: away, until: Number.POSITIVE_INFINITY }
}

const sentence = (person: string, { conversation, version, frame }: Heard, { after }: Absence): string =>
  after === 0
    ? `${nameOf(person)} got version ${version} of ${conversation} in a frame "${frame}" and was never a member of it.`
    : `${nameOf(person)} was out of ${conversation} from version ${after} on, and got version ${version} in a frame "${frame}".`
