import type { Database } from '@parley/db'

/** People whose ids begin at FIRST, with a session and a device of the same id, as the tickets of the bench say. */
export const FIRST = 1_000
/** Conversations are numbered apart from people. */
const FIRST_DIRECT = 100_000

export const personAt = (index: number): string => String(FIRST + index)
/** So many of them in a row. */
export const peopleFrom = (index: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => personAt(index + i))

export async function makePeople({ sql }: Database, count: number): Promise<void> {
  await sql`INSERT INTO people (id, name) SELECT ${FIRST}::int + g, 'p' || g FROM generate_series(0, ${count}::int - 1) g
    ON CONFLICT DO NOTHING`
  await sql`INSERT INTO devices (id, person_id, name, secret_hash)
    SELECT ${FIRST}::int + g, ${FIRST}::int + g, 'bench', ''::bytea FROM generate_series(0, ${count}::int - 1) g
    ON CONFLICT DO NOTHING`
  await sql`INSERT INTO sessions (id, person_id, device_id, access_hash, access_expires_at, refresh_hash, method, expires_at)
    SELECT ${FIRST}::int + g, ${FIRST}::int + g, ${FIRST}::int + g, int8send(g::bigint), now(), int8send(g::bigint), 'password',
      now() + interval '1 day' FROM generate_series(0, ${count}::int - 1) g ON CONFLICT DO NOTHING`
}

/** A direct conversation for each pair of neighbours. @returns where the person at an index writes */
export async function makeDirects({ sql }: Database, people: number): Promise<(index: number) => string> {
  await sql`INSERT INTO conversations (id, kind, created_by, member_count, people)
    SELECT ${FIRST_DIRECT}::int + g, 'direct', ${FIRST}::int + 2 * g, 2, ARRAY[${FIRST}::int + 2 * g, ${FIRST}::int + 2 * g + 1]::bigint[]
    FROM generate_series(0, ${people}::int / 2 - 1) g`
  await sql`INSERT INTO memberships (conversation_id, person_id)
    SELECT ${FIRST_DIRECT}::int + g / 2, ${FIRST}::int + g FROM generate_series(0, ${people}::int - 1) g`
  await sql`ANALYZE`
  return (index) => String(FIRST_DIRECT + Math.floor(index / 2))
}

/** A channel of the first `members` people. */
export async function makeChannel({ sql }: Database, id: string, members: number): Promise<void> {
  await sql`INSERT INTO conversations (id, kind, name, created_by, member_count)
    VALUES (${id}, 'public', ${`channel ${id}`}, ${FIRST}, ${members})`
  await sql`INSERT INTO memberships (conversation_id, person_id)
    SELECT ${id}, ${FIRST}::int + g FROM generate_series(0, ${members}::int - 1) g`
  await sql`ANALYZE`
}

/** What the first `people` have chosen of their presence. */
export async function choosePresence(
  { sql }: Database,
  people: number,
  availability: 'automatic' | 'invisible',
): Promise<void> {
  await sql`INSERT INTO chosen_presence (person_id, availability)
    SELECT ${FIRST}::int + g, ${availability} FROM generate_series(0, ${people}::int - 1) g
    ON CONFLICT (person_id) DO UPDATE SET availability = excluded.availability`
}

/** Private channels of two: `pairs` of neighbours, from the person at `person` on, with `each` of them, from `first` on. */
export type Pairs = { person: number; pairs: number; each: number; first: number }

/** @returns who writes where, by turns: everybody into each of theirs */
export async function makePairs(
  { sql }: Database,
  { person, pairs, each, first }: Pairs,
): Promise<{ at: number; conversation: string }[]> {
  const count = pairs * each
  const from = FIRST + person
  await sql`INSERT INTO conversations (id, kind, name, created_by, member_count)
    SELECT ${first}::int + g, 'private', 'channel ' || ${first}::int + g, ${from}::int + 2 * (g / ${each}::int), 2
    FROM generate_series(0, ${count}::int - 1) g`
  await sql`INSERT INTO memberships (conversation_id, person_id)
    SELECT ${first}::int + g, ${from}::int + 2 * (g / ${each}::int) + other
    FROM generate_series(0, ${count}::int - 1) g, generate_series(0, 1) other`
  return Array.from({ length: each * pairs * 2 }, (_, i) => {
    const at = i % (pairs * 2)
    return { at, conversation: String(first + Math.floor(at / 2) * each + Math.floor(i / (pairs * 2))) }
  })
}

/** More members for `count` conversations from `first` on: `people` of them, from the person at `person` on. */
export async function addMembers(
  { sql }: Database,
  { first, count }: { first: number; count: number },
  { person, people }: { person: number; people: number },
): Promise<void> {
  await sql`INSERT INTO memberships (conversation_id, person_id)
    SELECT ${first}::int + g, ${FIRST + person}::int + p
    FROM generate_series(0, ${count}::int - 1) g, generate_series(0, ${people}::int - 1) p`
  await sql`UPDATE conversations SET member_count = member_count + ${people}
    WHERE id >= ${first} AND id < ${first + count}`
}

/** Channels in which nobody says anything. */
export async function makeQuiet(
  { sql }: Database,
  { first, count }: { first: number; count: number },
): Promise<void> {
  await sql`INSERT INTO conversations (id, kind, name, created_by)
    SELECT ${first}::int + g, 'public', 'channel ' || ${first}::int + g, ${FIRST}
    FROM generate_series(0, ${count}::int - 1) g`
}
