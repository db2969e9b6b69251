import type { Id, Member } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** `place`: where the list goes on after this member. */
export type ListedMember = Member & { place: [isMember: boolean, name: string, id: Id] }

/** Members, owners first, then in the order of their names. `like`: a pattern for the name; null for all. */
export async function listMembers(
  sql: Sql,
  conversation: Id,
  { like, after, limit }: { like: string | null; after: ListedMember['place'] | null; limit: number },
): Promise<ListedMember[]> {
  const [isMember, name, id] = after ?? [false, '', '0']
  const rows = await sql<Member & { name: string }>`
    SELECT m.person_id AS person, m.role, lower(p.name) AS name
    FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.conversation_id = ${conversation} AND m.left_at IS NULL AND (${like}::text IS NULL OR lower(p.name) LIKE ${like})
      AND (m.role = 'member', lower(p.name), p.id) > (${isMember}, ${name}, ${id}::bigint)
    ORDER BY m.role = 'member', lower(p.name), p.id LIMIT ${limit}`
  return rows.map(({ name: by, ...member }) => ({
    ...member,
    place: [member.role === 'member', by, member.person],
  }))
}
