import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

/** Where a person stands: their personal version, and what they are a member of at that version. */
export type Standing = {
  person: Id
  version: number
  conversations: Id[]
  /** The last version of each, in the same order. */
  versions: number[]
}

/** One snapshot for all of them, in any order. */
export async function membershipsOf(connection: Queryable, people: Id[]): Promise<Standing[]> {
  const { rows } = await connection.query<Standing>({
    name: 'memberships_of',
    text: `
      SELECT p.id AS person, coalesce(s.last_version, 0) AS version,
        coalesce(array_agg(c.id) FILTER (WHERE c.id IS NOT NULL), '{}') AS conversations,
        coalesce(array_agg(c.last_version) FILTER (WHERE c.id IS NOT NULL), '{}') AS versions
      FROM unnest($1::bigint[]) AS p(id)
      LEFT JOIN person_state s ON s.person_id = p.id
      LEFT JOIN memberships m ON m.person_id = p.id AND m.left_at IS NULL
      LEFT JOIN conversations c ON c.id = m.conversation_id
      GROUP BY p.id, s.last_version`,
    values: [people],
  })
  return rows
}
