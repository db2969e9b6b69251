import type { Database } from '@parley/db'
import { takePersonalVersions } from '@parley/db/queries/take-personal-versions'
import type { OutboxPayload } from '@parley/domain/publication'
import type { Id } from '@parley/protocol'
import { personAt } from './people.ts'

/** A conversation of one round. */
export type Room = {
  id: Id
  kind: 'public' | 'private' | 'direct'
  /** Stays in it and may take others out; null in a direct conversation. */
  owner: Id | null
  /** Who is in it when the round begins. */
  members: Id[]
  /** People come and go. */
  moving: boolean
  /** By whoever made it in the round. */
  name?: string
}

const LOBBIES = 3
const VAULTS = 2
/** Rooms of one round have the same beginning; what people make themselves has ids of today, which are far larger. */
const APART = 10_000

/**
 * A hall that everybody is in, lobbies that people join and leave, vaults that some are brought into and taken out
 * of and that nobody else may hear of, and a direct conversation of each two neighbours.
 */
export function roomsOf(round: number, people: number): Room[] {
  const all = Array.from({ length: people }, (_, i) => personAt(i))
  const every = (n: number, from: number) => all.filter((_, i) => i % n === from % n)
  let id = (round + 1) * 1_000 * APART
  const room = (kind: Room['kind'], members: Id[], moving: boolean): Room => ({
    id: String(++id),
    kind,
    owner: kind === 'direct' ? null : members[0]!,
    ...{ members, moving },
  })
  return [
    room('public', all, false),
    ...Array.from({ length: LOBBIES }, (_, i) => room('public', every(LOBBIES, i), true)),
    ...Array.from({ length: VAULTS }, (_, i) => room('private', every(5, i), true)),
    ...all.map((one, i) => room('direct', [one, all[(i + 1) % people]!], false)),
  ]
}

/**
 * Nobody is in the rooms of the round before any more. A node may still know people of that round, whose sockets died
 * without its hearing of it: it is told, as of everything that happens to people's memberships.
 */
export async function makeRooms({ sql }: Database, rooms: Room[]): Promise<void> {
  await sql`DELETE FROM memberships`
  await sql`DELETE FROM thread_followers`
  for (const { id, kind, owner, members } of rooms) {
    const people = kind === 'direct' ? members : []
    await sql`INSERT INTO conversations (id, kind, name, created_by, member_count, people)
      VALUES (${id}, ${kind}, ${kind === 'direct' ? null : `room ${id}`}, ${members[0]}, ${members.length},
        ${people}::bigint[])`
    await sql`INSERT INTO memberships (conversation_id, person_id, role)
      SELECT ${id}, p, CASE WHEN p = ${owner}::bigint THEN 'owner' ELSE 'member' END
      FROM unnest(${members}::bigint[]) p`
  }
  const everybody = [...new Set(rooms.flatMap(({ members }) => members))]
  const payload: OutboxPayload = { people: [...(await takePersonalVersions(sql, everybody))] }
  await sql`INSERT INTO outbox (payload) VALUES (${JSON.stringify(payload)})`
  await sql`ANALYZE`
}

/** The channels that people have made since the rooms were. Whoever made one is alone in it. */
export async function madeChannels({ sql }: Database): Promise<Room[]> {
  const made = await sql<{ id: Id; name: string; owner: Id }>`
    SELECT c.id, c.name, c.created_by AS owner FROM conversations c
    WHERE c.name LIKE 'person-%' AND EXISTS (SELECT 1 FROM memberships m WHERE m.conversation_id = c.id)`
  return made.map((one) => ({ ...one, kind: 'public', members: [one.owner], moving: false }))
}
