import { type ChosenPresence, type Id, NOTHING_CHOSEN } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

type Row = {
  person_id: Id
  availability: ChosenPresence['availability']
  busy_until: Date | null
  status_emoji: string | null
  status_text: string
  status_until: Date | null
  hides_last_active: boolean
  person_version: number
}

/** What one person has chosen, and their personal version when they last did. */
export async function chosenPresence(
  sql: Sql,
  person: Id,
): Promise<{ chosen: ChosenPresence; version: number }> {
  const [row] = await sql<Row>`
    SELECT person_id, availability, busy_until, status_emoji, status_text, status_until, hides_last_active, person_version
    FROM chosen_presence WHERE person_id = ${person}`
  return row ? { chosen: chosenIn(row), version: row.person_version } : { chosen: NOTHING_CHOSEN, version: 0 }
}

/** What one person has chosen, held until the end of the transaction, also if there was nothing yet. */
export async function heldChosenPresence(sql: Sql, person: Id): Promise<ChosenPresence> {
  await sql`INSERT INTO chosen_presence (person_id) VALUES (${person}) ON CONFLICT DO NOTHING`
  const [row] = await sql<Row>`
    SELECT person_id, availability, busy_until, status_emoji, status_text, status_until, hides_last_active, person_version
    FROM chosen_presence WHERE person_id = ${person} FOR UPDATE`
  return chosenIn(row!)
}

/** Of many; who has never chosen anything is left out. */
export async function chosenOfMany(sql: Sql, people: Id[]): Promise<Map<Id, ChosenPresence>> {
  const rows = await sql<Row>`
    SELECT person_id, availability, busy_until, status_emoji, status_text, status_until, hides_last_active, person_version
    FROM chosen_presence WHERE person_id = ANY (${people}::bigint[])`
  return new Map(rows.map((row) => [row.person_id, chosenIn(row)]))
}

const chosenIn = (row: Row): ChosenPresence => ({
  availability: row.availability,
  until: row.busy_until?.getTime() ?? null,
  status:
    row.status_emoji !== null || row.status_text !== ''
      ? { emoji: row.status_emoji, text: row.status_text, until: row.status_until?.getTime() ?? null }
      : null,
  hidesLastActive: row.hides_last_active,
})
