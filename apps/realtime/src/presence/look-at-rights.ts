import { SIGHT, type Sight, whoIsSeen } from '@parley/domain/presence/index'
import { readSettings } from '@parley/domain/settings/read'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import type { Room } from './room.ts'

/** What may be told, and to whom, is looked up anew: nobody tells this node when it changes. */
export async function lookAtRights(room: Room): Promise<void> {
  const { db, looking, sightOf } = room
  await lookAtSettings(room)
  const watched = [...looking.watched.values()].filter(({ exists }) => exists)
  const there = await whoIsSeen(
    db.sql,
    '0',
    'organisation',
    watched.map(({ id }) => id),
  )
  for (const one of watched.filter(({ id }) => !there.has(id))) {
    one.exists = false
    for (const connection of [...one.lookers]) withdraw(room, connection, one.id)
  }
  for (const [connection, look] of looking.of) {
    if (sightOf(connection) === 'organisation') continue
    const people = [...look.people]
    const seen = await seenBy(room, connection, people)
    for (const person of people) if (!seen.has(person)) withdraw(room, connection, person)
  }
}

async function lookAtSettings(room: Room): Promise<void> {
  const { db, looking, changed } = room
  const shown = (await readSettings(db.sql))['presence.lastActive'] === 'shown'
  if (shown === room.lastActiveShown) return
  room.lastActiveShown = shown
  for (const one of looking.watched.values()) changed.add(one)
}

/** What it was told of them holds no longer. */
function withdraw({ looking, told }: Room, connection: Connection, person: Id): void {
  if (looking.refuse(connection, person)) told.unknown(connection, person)
}

/** Those of these people at whom the connection may look. */
export function seenBy({ db, sightOf }: Room, connection: Connection, people: Id[]): Promise<Set<Id>> {
  const { stage } = connection
  return whoIsSeen(db.sql, stage.at === 'inside' ? stage.actor.id : '0', sightOf(connection), people)
}

export const sightOfActor = ({ stage }: Connection): Sight =>
  stage.at === 'inside' ? SIGHT[stage.actor.role] : 'shared'
