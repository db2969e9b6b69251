import { whoIsSeen } from '@parley/domain/presence/index'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { load } from './load.ts'
import { seenBy } from './look-at-rights.ts'
import type { Look } from './looks.ts'
import type { Room } from './room.ts'
import { endsAt, refresh, type Watched } from './watched.ts'

type Asked = [Connection, Look, Id[]]

/** Tells connections of those whom they newly look at, as far as they may; who is not known here is loaded. */
export async function showFresh(room: Room): Promise<void> {
  const { looking, redis } = room
  if (redis.status !== 'ready') return
  const asked = [...looking.of].flatMap(([connection, look]): Asked[] =>
    look.fresh.size > 0 ? [[connection, look, looking.next(look)]] : [],
  )
  if (asked.length === 0) return
  try {
    await show(room, await watchSeen(room, asked))
  } catch (error) {
    // also for one who looks at others by now: at whom they look still, they do as before
    for (const [connection, , people] of asked) {
      const latest = looking.of.get(connection)
      for (const person of people) if (latest?.people.has(person)) latest.fresh.add(person)
    }
    throw error
  }
}

/** From here on they are watched for those who may see them. */
async function watchSeen(room: Room, asked: Asked[]): Promise<[Connection, Watched][]> {
  const { looking, db, sightOf } = room
  const known = (id: Id) => looking.watched.get(id)?.exists === true
  const everywhere = asked.filter(([connection]) => sightOf(connection) === 'organisation')
  const unknown = new Set(everywhere.flatMap(([, , people]) => people.filter((id) => !known(id))))
  const found = await whoIsSeen(db.sql, '0', 'organisation', [...unknown])
  const shown: [Connection, Watched][] = []
  for (const [connection, look, people] of asked) {
    const shared = sightOf(connection) === 'shared' ? await seenBy(room, connection, people) : null
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
  return shown
}

async function show(room: Room, shown: [Connection, Watched][]): Promise<void> {
  const { others, changed, told, now } = room
  const anew = [...new Set(shown.map(([, one]) => one))].filter((one) => !one.loaded)
  if (anew.length > 0) await load(room, anew, others.alive)
  for (const one of anew) {
    refresh(one, now(), room)
    room.nextEnd = Math.min(room.nextEnd, endsAt(one, now()))
  }
  for (const [connection, one] of shown)
    if (one.lookers.has(connection) && !changed.has(one)) told.person(connection, one)
    else if (one.lookers.has(connection)) room.fresh.push([connection, one])
}
