import type { MembershipMove } from '@parley/adapters/fanout/subscriber'
import { openFollowed } from '@parley/adapters/presence/followed'
import { openSightings } from '@parley/adapters/presence/sightings'
import type { ChosenPresence, Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'
import { countOnline } from './count-online.ts'
import { counts } from './counts.ts'
import { devices } from './devices.ts'
import { every } from './every.ts'
import { followAgain } from './follow-again.ts'
import { forgetUnseen } from './forget-unseen.ts'
import { lookAtRights, sightOfActor } from './look-at-rights.ts'
import { looks } from './looks.ts'
import { loseSight } from './lose-sight.ts'
import { nodes } from './nodes.ts'
import { patient } from './patient.ts'
import { readChosen, takeChosen } from './read-chosen.ts'
import { readMembers } from './read-members.ts'
import { renewLease } from './renew-lease.ts'
import type { Room } from './room.ts'
import { showFresh } from './show-fresh.ts'
import { showHere } from './show-here.ts'
import { tellLookers } from './tell-lookers.ts'
import { tellNodes } from './tell-nodes.ts'
import { teller } from './teller.ts'
import { hear } from './watched.ts'

type Options = Pick<Room, 'db' | 'redis' | 'log' | 'now'> &
  Partial<Pick<Room, 'sightOf'>> & {
    redisUrl: string
    prefix: string
    name: string
    /** Whether the person of the connection is a member of the conversation, as far as this node knows. */
    isMember(connection: Connection, conversation: Id): boolean
  }

export type Presence = {
  arrived(person: Id): void
  left(connection: Connection, person: Id): void
  activity(connection: Connection, person: Id, idle: boolean): void
  look(connection: Connection, people: readonly Id[], conversations: readonly Id[]): void
  /** Something that people chose was told; or may have been missed, of one or of everybody. */
  chose(person: Id, chosen: ChosenPresence): void
  missed(person: Id | null): void
  /** Somebody, wherever they are, came to conversations or left them. */
  moved(person: Id, moves: readonly MembershipMove[]): void
  /** From now on people leave because the node does: they are elsewhere in a moment, and not seen to go. */
  drain(): void
  close(): Promise<void>
}

/** What is done in a tick, in this order; with every renewal of the lease; and when rights are looked at anew. */
const tick = () => [
  patient(readChosen),
  showHere,
  patient(tellNodes),
  patient(followAgain),
  patient(showFresh),
  patient(readMembers),
  patient(countOnline),
  loseSight,
  tellLookers,
]
const RENEWAL = [renewLease, forgetUnseen]
const RIGHTS = [lookAtRights]

/** Who is there: docs/subsystems/presence.md. Nothing else of a node waits for it, or suffers when Redis is away. */
export async function openPresence(options: Options): Promise<Presence> {
  const room = await openRoom(options)
  const { here, looking, counting, unread } = room
  const idle = new Set<Connection>()
  let draining = false
  const steps = tick()

  await take(room, [...RIGHTS, renewLease])
  const loops = [
    every(BOUNDS.tickMs, () => take(room, steps)),
    every(BOUNDS.renewMs, () => take(room, RENEWAL)),
    every(BOUNDS.rightsMs, () => take(room, RIGHTS)),
  ]

  return {
    arrived(person) {
      if (here.arrived(person)) unread.add(person)
    },
    left(connection, person) {
      looking.leave(connection)
      counting.leave(connection)
      const wasIdle = idle.delete(connection)
      if (!draining) here.left(person, wasIdle)
    },
    activity(connection, person, isIdle) {
      if (idle.has(connection) === isIdle) return
      if (isIdle) idle.add(connection)
      else idle.delete(connection)
      here.became(person, isIdle)
    },
    look(connection, people, conversations) {
      counting.look(connection, looking.look(connection, people, conversations).conversations)
    },
    chose(person, chosen) {
      unread.delete(person)
      takeChosen(room, person, chosen)
    },
    missed(person) {
      if (person !== null) unread.add(person)
      else for (const id of [...here.people(), ...looking.watched.keys()]) unread.add(id)
    },
    moved(person, moves) {
      for (const move of moves)
        if ('left' in move) counting.moved(person, move.left, false)
        else counting.moved(person, move.joined, true)
    },
    drain() {
      draining = true
    },
    async close() {
      await Promise.all(loops.map((loop) => loop.stop()))
      await room.followed.close()
    },
  }
}

async function openRoom({ sightOf = sightOfActor, isMember, ...options }: Options): Promise<Room> {
  const { db, redis, log, now } = options
  const clock = () => performance.now()
  const sightings = openSightings(options)
  const looking = looks(clock)
  const others = nodes(sightings.origin)
  const changed: Room['changed'] = new Set()
  const followed = await openFollowed({
    ...options,
    heard(sighting) {
      others.heard(sighting.origin)
      const one = looking.watched.get(sighting.person)
      if (one && hear(one, sighting)) changed.add(one)
    },
    again() {
      room.refollow = true
    },
  })
  const room: Room = {
    ...{ db, redis, log, now, clock, sightOf, sightings, followed, looking, others, changed },
    here: devices(sightings.origin, now),
    counting: counts({ sql: db.sql, now: clock, isMember }),
    told: teller(),
    unread: new Set(),
    untold: new Map(),
    fresh: [],
    lastActiveShown: true,
    nextEnd: Number.POSITIVE_INFINITY,
    online: null,
    renewed: clock(),
    returned: null,
    blind: false,
    refollow: false,
  }
  return room
}

/** Each step by itself: what one of them needs may be away while the others go on. */
async function take(room: Room, steps: readonly ((room: Room) => Promise<void> | void)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step(room)
    } catch (error) {
      if (room.redis.status === 'ready') room.log.warn('presence is late', { error: String(error) })
    }
  }
}
