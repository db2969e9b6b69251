import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

export type BrowsedChannel = {
  id: Id
  name: string
  topic: string
  purpose: string
  archived: boolean
  memberCount: number
  /** Whether the person is a member. */
  joined: boolean
}

/** Public channels in the order of their names, after the one named. `like`: a pattern for the name; null for all. */
export const browseChannels = (
  sql: Sql,
  person: Id,
  {
    like,
    archived,
    after,
    limit,
  }: { like: string | null; archived: boolean; after: string | null; limit: number },
): Promise<BrowsedChannel[]> => sql<BrowsedChannel>`
  SELECT c.id, c.name, c.topic, c.purpose, c.archived_at IS NOT NULL AS archived, c.member_count AS "memberCount",
    m.person_id IS NOT NULL AS joined
  FROM conversations c
  LEFT JOIN memberships m ON m.conversation_id = c.id AND m.person_id = ${person} AND m.left_at IS NULL
  WHERE c.kind = 'public' AND c.name IS NOT NULL AND (c.archived_at IS NULL OR ${archived}::boolean)
    AND (${like}::text IS NULL OR lower(c.name) LIKE ${like}) AND (${after}::text IS NULL OR lower(c.name) > ${after})
  ORDER BY lower(c.name) LIMIT ${limit}`
