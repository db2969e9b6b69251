import { SIGHT, type Sight, whoIsSeen } from '@parley/domain/presence/index'
import { readSettings } from '@parley/domain/settings/read'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import type { Room } from './room.ts'

/** What may be told, and to whom, is looked up anew: nobody tells this node when it changes. */
export async function lookAtRights(room: Room): Promise<void> {
  const { db, looking, changed, sightOf } = room
  const shown = (await readSettings(db.sql))['presence.lastActive'] === 'shown'
  if (shown !== room.lastActiveShown) for (const one of looking.watched.values()) changed.add(one)
  room.lastActiveShown = shown
  for (const [connection, look] of looking.of) {
    if (sightOf(connection) === 'organisation') continue
    const people = [...look.people]
    const seen = await seenBy(room, connection, people)
    for (const person of people) if (!seen.has(person)) looking.refuse(connection, person)
  }
}

/** Those of these people at whom the connection may look. */
export function seenBy({ db, sightOf }: Room, connection: Connection, people: Id[]): Promise<Set<Id>> {
  const { stage } = connection
  return whoIsSeen(db.sql, stage.at === 'inside' ? stage.actor.id : '0', sightOf(connection), people)
}

export const sightOfActor = ({ stage }: Connection): Sight =>
  stage.at === 'inside' ? SIGHT[stage.actor.role] : 'shared'
