import type { Id, Member } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** Which of these people are members. */
export async function membersAmong(sql: Sql, conversation: Id, people: readonly Id[]): Promise<Set<Id>> {
  const rows = await sql<{ person_id: Id }>`
    SELECT person_id FROM memberships
    WHERE conversation_id = ${conversation} AND person_id = ANY (${people}::bigint[]) AND left_at IS NULL`
  return new Set(rows.map((row) => row.person_id))
}

/**
 * Makes people members, also those who were once. They may read all of the history, and none of it counts as unread.
 * The caller holds the conversation, took its version and theirs, and knows that none of them is a member.
 */
export async function addMembers(
  sql: Sql,
  conversation: Id,
  joining: readonly (Member & { personVersion: number })[],
  { version, now }: { version: number; now: Date },
): Promise<void> {
  await sql`
    INSERT INTO memberships (conversation_id, person_id, role, joined_at, version, person_version, read_seq, read_ordinal)
    SELECT c.id, j.person, j.role, ${now}, ${version}, j.version, c.last_seq, c.roots
    FROM conversations c, unnest(${joining.map((j) => j.person)}::bigint[], ${joining.map((j) => j.role)}::text[],
      ${joining.map((j) => j.personVersion)}::int[]) AS j(person, role, version)
    WHERE c.id = ${conversation} ORDER BY j.person
    ON CONFLICT (conversation_id, person_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at,
      left_at = NULL, version = excluded.version, person_version = excluded.person_version,
      read_seq = excluded.read_seq, read_ordinal = excluded.read_ordinal, muted = false, favourite = false`
  await sql`
    UPDATE conversations SET member_count = member_count + ${joining.length}, people = CASE
      WHEN kind IN ('direct', 'group')
      THEN ARRAY(SELECT p FROM unnest(people || ${joining.map((j) => j.person)}::bigint[]) AS p ORDER BY p)
      ELSE people END
    WHERE id = ${conversation}`
}
