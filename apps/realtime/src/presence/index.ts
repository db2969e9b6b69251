import type { Context } from '@parley/adapters/context'
import { openFollowed } from '@parley/adapters/presence/followed'
import { openSightings } from '@parley/adapters/presence/sightings'
import type { Database } from '@parley/db'
import type { Log } from '@parley/domain/ports'
import { SIGHT, type Sight, whoIsSeen } from '@parley/domain/presence/index'
import { readSettings } from '@parley/domain/settings/read'
import type { ChosenPresence, Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'
import { counts } from './counts.ts'
import { devices } from './devices.ts'
import { every } from './every.ts'
import { load, readChosen, readSightings } from './load.ts'
import { type Look, looks } from './looks.ts'
import { nodes } from './nodes.ts'
import { teller } from './teller.ts'
import { bury, endsAt, hear, refresh, type Watched } from './watched.ts'

type Options = {
  db: Database
  redis: Context['redis']
  redisUrl: string
  prefix: string
  name: string
  log: Log
  /** Unix milliseconds. */
  now(): number
  /** Whether the person of the connection is a member of the conversation, as far as this node knows. */
  isMember(connection: Connection, conversation: Id): boolean
  sightOf?: (connection: Connection) => Sight
}

export type Presence = {
  arrived(person: Id): void
  left(connection: Connection, person: Id): void
  activity(connection: Connection, person: Id, idle: boolean): void
  look(connection: Connection, people: readonly Id[], conversations: readonly Id[]): void
  /** Something that people chose was told; or may have been missed, of one or of everybody. */
  chose(person: Id, chosen: ChosenPresence): void
  missed(person: Id | null): void
  /** From now on people leave because the node does: they are elsewhere in a moment, and not seen to go. */
  drain(): void
  close(): Promise<void>
}

/** Who is there: docs/subsystems/presence.md. Nothing else of a node waits for it, or suffers when Redis is away. */
export async function openPresence(options: Options): Promise<Presence> {
  const { db, redis, log, now } = options
  const clock = () => performance.now()
  const sightOf = options.sightOf ?? ownSight
  const sightings = openSightings(options)
  const here = devices(sightings.origin, now)
  const looking = looks(clock)
  const counting = counts({ sql: db.sql, now: clock, isMember: options.isMember })
  const told = teller()
  const others = nodes(sightings.origin)
  const idle = new Set<Connection>()
  /** People of whom is to be read what they chose. */
  const unread = new Set<Id>()
  const changed = new Set<Watched>()
  let lastActiveShown = true
  let nextEnd = Number.POSITIVE_INFINITY
  let online: { people: Set<Id>; at: number } | null = null
  let refollow = false
  let draining = false

  const followed = await openFollowed({
    ...options,
    heard(sighting) {
      others.heard(sighting.origin)
      const one = looking.watched.get(sighting.person)
      if (one && hear(one, sighting)) changed.add(one)
    },
    again() {
      refollow = true
    },
  })

  async function readUnread(): Promise<void> {
    if (unread.size === 0) return
    // who has chosen meanwhile has chosen what was told
    for (const [person, chosen] of await readChosen(db, [...unread]))
      if (unread.delete(person)) take(person, chosen)
  }

  function take(person: Id, chosen: ChosenPresence): void {
    here.chose(person, chosen)
    const one = looking.watched.get(person)
    if (!one) return
    one.chosen = chosen
    changed.add(one)
  }

  /** People on this node are known here whether or not Redis is there. */
  async function tellNodes(): Promise<void> {
    const sighted = here.changed()
    if (sighted.length === 0) return
    for (const sighting of sighted) {
      const one = looking.watched.get(sighting.person)
      if (one && hear(one, sighting)) changed.add(one)
    }
    try {
      if (redis.status !== 'ready') throw new Error('Redis is away')
      await sightings.write(sighted)
    } catch {
      here.untold(sighted)
    }
  }

  async function takeFresh(): Promise<void> {
    if (redis.status !== 'ready') return
    const asked = [...looking.of].flatMap(([connection, look]): [Connection, Look, Id[]][] =>
      look.fresh.size > 0 ? [[connection, look, looking.next(look)]] : [],
    )
    if (asked.length === 0) return
    try {
      await showAll(asked)
    } catch (error) {
      for (const [connection, look, people] of asked)
        if (looking.of.get(connection) === look) for (const person of people) look.fresh.add(person)
      throw error
    }
  }

  async function showAll(asked: [Connection, Look, Id[]][]): Promise<void> {
    const known = (id: Id) => looking.watched.get(id)?.exists === true
    const everywhere = asked.filter(([connection]) => sightOf(connection) === 'organisation')
    const unknown = new Set(everywhere.flatMap(([, , people]) => people.filter((id) => !known(id))))
    const found = await whoIsSeen(db.sql, '0', 'organisation', [...unknown])
    const shown: [Connection, Watched][] = []
    for (const [connection, look, people] of asked) {
      const sight = sightOf(connection)
      const shared = sight === 'shared' ? await seenBy(connection, people) : null
      if (looking.of.get(connection) === undefined) continue
      for (const id of people) {
        const isSeen = shared ? shared.has(id) : known(id) || found.has(id)
        if (!isSeen || !looking.of.get(connection)!.people.has(id)) continue
        const one = looking.watch(connection, id)
        one.exists = true
        shown.push([connection, one])
      }
      // answered, also for one who looks at more by now
      const latest = looking.of.get(connection)!
      if (latest !== look) for (const id of people) latest.fresh.delete(id)
    }
    const anew = [...new Set(shown.map(([, one]) => one))].filter((one) => !one.loaded)
    if (anew.length > 0) await load({ db, sightings, followed }, anew, others.alive)
    for (const one of anew) {
      refresh(one, now(), lastActiveShown)
      nextEnd = Math.min(nextEnd, endsAt(one, now()))
    }
    for (const [connection, one] of shown)
      if (one.lookers.has(connection) && !changed.has(one)) told.person(connection, one.entry)
      else if (one.lookers.has(connection)) freshly.push([connection, one])
  }
  /** Of whom something changed in the very tick: told whether or not it shows. */
  let freshly: [Connection, Watched][] = []

  const seenBy = (connection: Connection, people: Id[]): Promise<Set<Id>> => {
    const { stage } = connection
    return whoIsSeen(db.sql, stage.at === 'inside' ? stage.actor.id : '0', sightOf(connection), people)
  }

  function tellLookers(): void {
    if (now() >= nextEnd) for (const one of looking.watched.values()) changed.add(one)
    nextEnd = now() >= nextEnd ? Number.POSITIVE_INFINITY : nextEnd
    const already = new Set<Watched>()
    for (const one of changed) {
      nextEnd = Math.min(nextEnd, endsAt(one, now()))
      if (!one.loaded || !refresh(one, now(), lastActiveShown)) continue
      already.add(one)
      for (const connection of one.lookers) told.person(connection, one.entry)
    }
    for (const [connection, one] of freshly) if (!already.has(one)) told.person(connection, one.entry)
    changed.clear()
    freshly = []
    told.flush(clock())
  }

  async function followAgain(): Promise<void> {
    if (!refollow || redis.status !== 'ready') return
    refollow = false
    const all = [...looking.watched.values()].filter(({ loaded }) => loaded)
    try {
      await followed.follow(all.map(({ id }) => id))
      await readSightings(sightings, all, others.alive)
    } catch (error) {
      refollow = true
      throw error
    }
    for (const one of all) changed.add(one)
  }

  async function count(): Promise<void> {
    if (!counting.isWanted() || redis.status !== 'ready') return
    const isDue = !online || clock() - online.at >= BOUNDS.countMs
    if (!isDue && !counting.isFresh()) return
    if (isDue) online = { people: await sightings.everybody(others.alive), at: clock() }
    await counting.count(isDue ? 'all' : 'fresh', online!.people, told.online)
  }

  async function renew(): Promise<void> {
    if (redis.status !== 'ready') return
    const { kept, origins } = await sightings.renew()
    if (!kept) here.forgotten()
    const { fresh, dead } = others.renewed(origins)
    const all = [...looking.watched.values()].filter(({ loaded }) => loaded)
    if (dead.size > 0) for (const one of all) if (bury(one, dead, now())) changed.add(one)
    if (fresh.size === 0 || all.length === 0) return
    await readSightings(sightings, all, fresh)
    for (const one of all) changed.add(one)
  }

  async function tidy(): Promise<void> {
    const gone = looking.tidy()
    if (gone.length > 0) await followed.unfollow(gone)
  }

  async function lookAtRights(): Promise<void> {
    const shown = (await readSettings(db.sql))['presence.lastActive'] === 'shown'
    if (shown !== lastActiveShown) for (const one of looking.watched.values()) changed.add(one)
    lastActiveShown = shown
    for (const [connection, look] of looking.of) {
      if (sightOf(connection) === 'organisation') continue
      const people = [...look.people]
      const seen = await seenBy(connection, people)
      for (const person of people) if (!seen.has(person)) looking.refuse(connection, person)
    }
  }

  /** Each step by itself: what one of them needs may be away while the others go on. */
  const steps = (...all: (() => Promise<void> | void)[]) => {
    return async () => {
      for (const step of all) {
        try {
          await step()
        } catch (error) {
          if (redis.status === 'ready') log.warn('presence is late', { error: String(error) })
        }
      }
    }
  }
  await steps(lookAtRights, renew)()
  const loops = [
    every(BOUNDS.tickMs, steps(readUnread, tellNodes, followAgain, takeFresh, count, tellLookers)),
    every(BOUNDS.renewMs, steps(renew, tidy)),
    every(BOUNDS.rightsMs, steps(lookAtRights)),
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
      take(person, chosen)
    },
    missed(person) {
      if (person !== null) unread.add(person)
      else for (const id of [...here.people(), ...looking.watched.keys()]) unread.add(id)
    },
    drain() {
      draining = true
    },
    async close() {
      await Promise.all(loops.map((loop) => loop.stop()))
      await followed.close()
    },
  }
}

const ownSight = ({ stage }: Connection): Sight =>
  stage.at === 'inside' ? SIGHT[stage.actor.role] : 'shared'
