import type { Id } from '@parley/protocol'
import type { Queryable, Sql } from '../../sql.ts'

export type ImportedPerson = {
  key: string
  id: Id
  name: string
  email: string | null
  title: string
  kind: 'person' | 'bot'
  timezone: string
  status: 'imported' | 'deactivated'
}

/** People who are here already: imported earlier (by key), or known under the same address. `asked` is a key. */
export async function findImportedPeople(
  sql: Sql,
  people: readonly ImportedPerson[],
): Promise<{ asked: string; id: Id; by: 'key' | 'email' }[]> {
  const keys = people.map(({ key }) => key)
  const emails = people.map(({ email }) => email)
  return sql`
    SELECT a.key AS asked, coalesce(k.id, e.id) AS id, CASE WHEN k.id IS NULL THEN 'email' ELSE 'key' END AS by
    FROM unnest(${keys}::text[], ${emails}::text[]) AS a(key, email)
    LEFT JOIN people k ON k.import_key = a.key
    LEFT JOIN people e ON lower(e.email) = a.email
    WHERE k.id IS NOT NULL OR e.id IS NOT NULL`
}

/** Without a password: they cannot sign in until somebody invites them. */
export async function insertImportedPeople(
  connection: Queryable,
  people: readonly ImportedPerson[],
): Promise<void> {
  await connection.query(
    `INSERT INTO people (id, email, name, title, kind, status, timezone, import_key, deactivated_at)
     SELECT id, email, name, title, kind, status, timezone, key, CASE WHEN status = 'deactivated' THEN now() END
     FROM json_to_recordset($1::json)
       AS p(key text, id bigint, email text, name text, title text, kind text, status text, timezone text)`,
    [JSON.stringify(people)],
  )
}

/** Remembers under which key somebody was found by address, so that the next run needs no address. */
export async function rememberImportKeys(sql: Sql, found: readonly { key: string; id: Id }[]): Promise<void> {
  await sql`
    UPDATE people p SET import_key = f.key
    FROM unnest(${found.map(({ id }) => id)}::bigint[], ${found.map(({ key }) => key)}::text[]) AS f(id, key)
    WHERE p.id = f.id AND p.import_key IS NULL`
}

/** Of these people those who can be signed in. */
export async function activePeople(sql: Sql, people: readonly Id[]): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`
    SELECT id FROM people WHERE id = ANY (${people}::bigint[]) AND kind = 'person' AND status = 'active' ORDER BY id`
  return rows.map(({ id }) => id)
}
