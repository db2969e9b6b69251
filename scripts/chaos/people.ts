import type { Database } from '@parley/db'
import type { Id } from '@parley/protocol'

/** Who people are is told by their number alone. */
const FIRST = 1_000

export const personAt = (index: number): Id => String(FIRST + index)
export const nameOf = (person: Id): string => `person ${Number(person) - FIRST}`

export async function makePeople({ sql }: Database, count: number): Promise<void> {
  await sql`INSERT INTO organisation (id, name) VALUES (1, 'Chaos') ON CONFLICT DO NOTHING`
  await sql`INSERT INTO people (id, name, role, status)
    SELECT ${FIRST}::int + g, 'person ' || g, 'member', 'active' FROM generate_series(0, ${count}::int - 1) g`
}
