import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

/** The last version of each conversation; those that are no longer there are left out. */
export async function versionsOf(connection: Queryable, conversations: Id[]): Promise<Map<Id, number>> {
  const { rows } = await connection.query<{ id: Id; version: number }>({
    name: 'versions_of',
    text: 'SELECT id, last_version AS version FROM conversations WHERE id = ANY ($1::bigint[])',
    values: [conversations],
  })
  return new Map(rows.map((row) => [row.id, row.version]))
}

/** The last version of each person's own state. */
export async function personalVersionsOf(connection: Queryable, people: Id[]): Promise<Map<Id, number>> {
  const { rows } = await connection.query<{ id: Id; version: number }>({
    name: 'personal_versions_of',
    text: 'SELECT person_id AS id, last_version AS version FROM person_state WHERE person_id = ANY ($1::bigint[])',
    values: [people],
  })
  return new Map(rows.map((row) => [row.id, row.version]))
}
