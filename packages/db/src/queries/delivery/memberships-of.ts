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
    text: 'SELECT person, version, conversations, versions FROM memberships_of($1)',
    values: [people],
  })
  return rows
}
