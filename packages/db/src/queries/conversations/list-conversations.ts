import type { ConversationKind, Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

export type ConversationsFilter = {
  /** A pattern for the name or the topic; null for all. */
  like: string | null
  kinds: readonly ConversationKind[]
  /** Null: both. */
  archived: boolean | null
}
export type ConversationsOrder = { sort: keyof typeof SORTS; descending: boolean }
export type ListedConversation = {
  id: Id
  kind: ConversationKind
  name: string | null
  topic: string
  archived_at: Date | null
  created_at: Date
  created_by: Id
  for_everyone: boolean
  member_count: number
  last_seq: number
  last_at: Date
  people: Id[]
  /** Of the conversation's own policy: null when it has none, or keeps for ever. */
  retention_days: number | null
  has_retention: boolean
  /** What this row was sorted by, as text: with the id, where the next page begins. */
  sorted_by: string
}

/** As text that sorts as it should: numbers padded, times as their microseconds. */
const SORTS = {
  name: `coalesce(lower(c.name), '')`,
  members: `lpad(c.member_count::text, 12, '0')`,
  messages: `lpad(c.last_seq::text, 12, '0')`,
  created: `lpad((extract(epoch FROM c.created_at) * 1000000)::bigint::text, 20, '0')`,
  active: `lpad((extract(epoch FROM c.last_at) * 1000000)::bigint::text, 20, '0')`,
} as const

const WHERE = `($1::text IS NULL OR lower(c.name) LIKE $1 OR lower(c.topic) LIKE $1) AND c.kind = ANY ($2::text[])
  AND ($3::boolean IS NULL OR (c.archived_at IS NOT NULL) = $3)`
const values = (f: ConversationsFilter) => [f.like, f.kinds, f.archived]

/** One page, beginning after the row that `after` names. What was said is not among it. */
export async function listConversations(
  connection: Queryable,
  filter: ConversationsFilter,
  { sort, descending }: ConversationsOrder,
  after: { sortedBy: string; id: Id } | null,
  limit: number,
): Promise<ListedConversation[]> {
  const key = SORTS[sort]
  const [direction, beyond] = descending ? ['DESC', '<'] : ['ASC', '>']
  const { rows } = await connection.query<ListedConversation>(
    `SELECT c.id, c.kind, c.name, c.topic, c.archived_at, c.created_at, c.created_by, c.for_everyone, c.member_count,
       c.last_seq, c.last_at, c.people, r.days AS retention_days, r.id IS NOT NULL AS has_retention, ${key} AS sorted_by
     FROM conversations c LEFT JOIN retention_policies r ON r.scope = 'conversation' AND r.conversation_id = c.id
     WHERE ${WHERE} AND ($4::text IS NULL OR (${key}, c.id) ${beyond} ($4, $5::bigint))
     ORDER BY ${key} ${direction}, c.id ${direction} LIMIT $6`,
    [...values(filter), after?.sortedBy ?? null, after?.id ?? null, limit],
  )
  return rows
}

/** How many there are under the filter. */
export async function countConversations(
  connection: Queryable,
  filter: ConversationsFilter,
): Promise<number> {
  const { rows } = await connection.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM conversations c WHERE ${WHERE}`,
    values(filter),
  )
  return rows[0]?.n ?? 0
}
