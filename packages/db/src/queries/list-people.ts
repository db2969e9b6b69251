import type { Id } from '@parley/protocol'
import type { Queryable } from '../sql.ts'

export type PeopleFilter = {
  /** Somewhere in the name, title or address; null for all. */
  text: string | null
  roles: string[] | null
  statuses: string[] | null
  kinds: string[] | null
}
export type PeopleOrder = { sort: keyof typeof SORTS; descending: boolean }
export type ListedPerson = {
  id: Id
  email: string | null
  name: string
  title: string
  kind: string
  role: string
  status: string
  created_at: Date
  last_active_at: Date | null
  /** What this row was sorted by, as text: with the id, where the next page begins. */
  sorted_by: string
}

/** Text in the order of the server; times as their microseconds, padded so that they sort as text. */
const SORTS = {
  name: 'lower(name)',
  created: `lpad((extract(epoch FROM created_at) * 1000000)::bigint::text, 20, '0')`,
  active: `lpad((extract(epoch FROM coalesce(last_active_at, 'epoch')) * 1000000)::bigint::text, 20, '0')`,
} as const

const WHERE = `($1::text IS NULL OR name ILIKE $1 OR email ILIKE $1 OR title ILIKE $1)
  AND ($2::text[] IS NULL OR role = ANY ($2)) AND ($3::text[] IS NULL OR status = ANY ($3))
  AND ($4::text[] IS NULL OR kind = ANY ($4))`
const values = (f: PeopleFilter) => [f.text, f.roles, f.statuses, f.kinds]

/** One page, beginning after the row that `after` names. */
export async function listPeople(
  connection: Queryable,
  filter: PeopleFilter,
  { sort, descending }: PeopleOrder,
  after: { sortedBy: string; id: Id } | null,
  limit: number,
): Promise<ListedPerson[]> {
  const key = SORTS[sort]
  const [direction, beyond] = descending ? ['DESC', '<'] : ['ASC', '>']
  const { rows } = await connection.query<ListedPerson>(
    `SELECT id, email, name, title, kind, role, status, created_at, last_active_at, ${key} AS sorted_by FROM people
     WHERE ${WHERE} AND ($5::text IS NULL OR (${key}, id) ${beyond} ($5, $6::bigint))
     ORDER BY ${key} ${direction}, id ${direction} LIMIT $7`,
    [...values(filter), after?.sortedBy ?? null, after?.id ?? null, limit],
  )
  return rows
}

/** How many there are of each role and status under the filter. */
export async function countPeople(
  connection: Queryable,
  filter: PeopleFilter,
): Promise<{ role: string; status: string; people: number }[]> {
  const { rows } = await connection.query<{ role: string; status: string; people: number }>(
    `SELECT role, status, count(*)::int AS people FROM people WHERE ${WHERE} GROUP BY role, status`,
    values(filter),
  )
  return rows
}
