import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** Those of `people` who have a presence: active people of the organisation, not bots. */
export async function withPresence(sql: Sql, people: Id[]): Promise<Set<Id>> {
  const rows = await sql<{ id: Id }>`
    SELECT id FROM people WHERE id = ANY (${people}::bigint[]) AND kind = 'person' AND status = 'active'`
  return new Set(rows.map(({ id }) => id))
}

/** Those of `people` who are in some conversation together with the person, and the person. */
export async function sharingWith(sql: Sql, person: Id, people: Id[]): Promise<Set<Id>> {
  const rows = await sql<{ id: Id }>`
    SELECT DISTINCT theirs.person_id AS id FROM memberships theirs
    JOIN memberships mine ON mine.conversation_id = theirs.conversation_id AND mine.person_id = ${person} AND mine.left_at IS NULL
    WHERE theirs.person_id = ANY (${people}::bigint[]) AND theirs.left_at IS NULL`
  return new Set([...rows.map(({ id }) => id), person])
}

/** The people (not bots) in a conversation, active ones only. */
export async function peopleIn(sql: Sql, conversation: Id): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`
    SELECT p.id FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.conversation_id = ${conversation} AND m.left_at IS NULL AND p.kind = 'person' AND p.status = 'active'`
  return rows.map(({ id }) => id)
}
