import { setTimeout as sleep } from 'node:timers/promises'
import type { Id } from '@parley/protocol'
import { random as seeded } from '../seed/random.ts'
import type { Browser } from './browser.ts'
import { sharedNow } from './clock.ts'
import { comes, type Move, type Moved, makeMove } from './moves.ts'
import { personAt } from './people.ts'
import type { Room } from './rooms.ts'
import type { Stage } from './stage/index.ts'

/** A coming or going, and when it was begun and answered, by the clock that all processes share. */
export type MoveMade = Move & { began: number; ended: number; moved: Moved }

const AT_ONCE = 6
const APART_MS = 500

/**
 * People come into moving rooms and go, several at once, no two moves of one person in one room at once. A move that got
 * no answer may be made at any later moment: it is made again, and then that person stays as they are in that room.
 */
export function startMovers(
  { db }: Stage,
  rooms: Room[],
  { seed, browsers }: { seed: number; browsers: Map<Id, Browser> },
) {
  const made: MoveMade[] = []
  const people = browsers.size
  const moving = rooms.filter((room) => room.moving)
  const inside = new Map(moving.map((room) => [room.id, new Set(room.members)]))
  const busy = new Set<string>()
  const doubtful = new Set<string>()
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
      const moved = await make(moveOf(room, person, inside.get(room.id)!.has(person)))
      if (moved.outcome === 'unknown') doubtful.add(key)
      else if (doubtful.has(key)) continue
      busy.delete(key)
    }
  }

  async function make(move: Move): Promise<Moved> {
    const began = sharedNow()
    const moved = await makeMove(move, browsers.get(move.by)!, db)
    made.push({ ...move, began, ended: sharedNow(), moved })
    const here = inside.get(move.conversation)!
    // who is refused going is not in any more: an earlier move, of which nothing was heard, was made
    if (moved.outcome !== 'unknown' && comes(move) === (moved.outcome === 'done')) here.add(move.person)
    else if (moved.outcome !== 'unknown') here.delete(move.person)
    return moved
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
