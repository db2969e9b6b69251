import { setTimeout as sleep } from 'node:timers/promises'
import type { Id } from '@parley/protocol'
import { random as seeded } from '../seed/random.ts'
import { sharedNow } from './clock.ts'
import type { Move, Moved } from './office.ts'
import { personAt } from './people.ts'
import type { Room } from './rooms.ts'
import type { Stage } from './stage/index.ts'

/** A coming or going, and when it was begun and answered, by the clock that all processes share. */
export type MoveMade = Move & { began: number; ended: number; moved: Moved }

const AT_ONCE = 3
const APART_MS = 500
/** Without an office for the moment. */
const AWAY_MS = 200

/** People come into moving rooms and go, several at once, no two moves of one person in one room at once. */
export function startMovers(stage: Stage, rooms: Room[], people: number, seed: number) {
  const made: MoveMade[] = []
  const moving = rooms.filter((room) => room.moving)
  const inside = new Map(moving.map((room) => [room.id, new Set(room.members)]))
  const busy = new Set<string>()
  let going = true

  async function mover(index: number): Promise<void> {
    const random = seeded(seed + 31 * (index + 1))
    while (going) {
      await sleep(APART_MS * AT_ONCE * (0.5 + random.next()))
      if (!going) return
      const room = random.pick(moving)
      const person = personAt(random.int(people))
      const key = `${room.id} ${person}`
      if (person === room.owner || busy.has(key)) continue
      busy.add(key)
      await make(moveOf(room, person, inside.get(room.id)!.has(person)))
      busy.delete(key)
    }
  }

  async function make(move: Move): Promise<void> {
    const office = stage.office()
    if (!office) return sleep(AWAY_MS)
    const began = sharedNow()
    const moved = await office
      .move(move)
      .catch((error: unknown): Moved => ({ outcome: 'unknown', why: String(error) }))
    made.push({ ...move, began, ended: sharedNow(), moved })
    const here = inside.get(move.conversation)!
    const comes = move.kind === 'join' || move.kind === 'invite'
    if (moved.outcome === 'unknown') return
    // who is refused going is not in any more: an earlier move, of which nothing was heard, was made
    if (comes === (moved.outcome === 'done')) here.add(move.person)
    else here.delete(move.person)
  }

  const all = Array.from({ length: AT_ONCE }, (_, i) => mover(i))
  return {
    async stop(): Promise<MoveMade[]> {
      going = false
      await Promise.all(all)
      return made
    },
  }
}

function moveOf({ id: conversation, kind, owner }: Room, person: Id, isIn: boolean): Move {
  const byOwner = { by: owner!, person, conversation }
  if (kind === 'private') return { kind: isIn ? 'remove' : 'invite', ...byOwner }
  return { kind: isIn ? 'leave' : 'join', by: person, person, conversation }
}
