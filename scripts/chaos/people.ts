import type { Database } from '@parley/db'
import type { PersonActor } from '@parley/domain/actor'
import type { Id } from '@parley/protocol'

/** People whose session and device have their own id; who they are is told by their number alone. */
const FIRST = 1_000

export const personAt = (index: number): Id => String(FIRST + index)
export const nameOf = (person: Id): string => `person ${Number(person) - FIRST}`

export const actorOf = (person: Id): PersonActor => ({
  kind: 'person',
  ...{ id: person, session: person, device: person },
  ...{ name: nameOf(person), role: 'member', address: '127.0.0.1' },
})

export async function makePeople({ sql }: Database, count: number): Promise<void> {
  await sql`INSERT INTO organisation (id, name) VALUES (1, 'Chaos') ON CONFLICT DO NOTHING`
  await sql`INSERT INTO people (id, name, role, status)
    SELECT ${FIRST}::int + g, 'person ' || g, 'member', 'active' FROM generate_series(0, ${count}::int - 1) g`
  await sql`INSERT INTO devices (id, person_id, name, secret_hash)
    SELECT ${FIRST}::int + g, ${FIRST}::int + g, 'chaos', ''::bytea FROM generate_series(0, ${count}::int - 1) g`
  await sql`INSERT INTO sessions
      (id, person_id, device_id, access_hash, access_expires_at, refresh_hash, method, expires_at)
    SELECT ${FIRST}::int + g, ${FIRST}::int + g, ${FIRST}::int + g, int8send(g::bigint), now(), int8send(g::bigint),
      'password', now() + interval '7 days' FROM generate_series(0, ${count}::int - 1) g`
}
