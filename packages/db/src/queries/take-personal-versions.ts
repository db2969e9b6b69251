import type { Id } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Takes the next personal version of each person, in the order of their ids so that nobody deadlocks. */
export async function takePersonalVersions(sql: Sql, people: Id[]): Promise<Map<Id, number>> {
  const rows = await sql<{ person_id: Id; last_version: number }>`
    INSERT INTO person_state AS s (person_id, last_version)
    SELECT DISTINCT p, 1 FROM unnest(${people}::bigint[]) AS p ORDER BY p
    ON CONFLICT (person_id) DO UPDATE SET last_version = s.last_version + 1
    RETURNING person_id, last_version`
  return new Map(rows.map((row) => [row.person_id, row.last_version]))
}

/** The same for one. */
export async function takePersonalVersion(sql: Sql, person: Id): Promise<number> {
  return (await takePersonalVersions(sql, [person])).get(person)!
}
