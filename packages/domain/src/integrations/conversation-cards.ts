import type { ConversationKind, Id } from '@parley/protocol'
import type { Reader } from '../access.ts'

/** A conversation as programs see it. Times in Unix milliseconds. */
export type ConversationCard = {
  id: Id
  kind: ConversationKind
  name: string | null
  topic: string
  purpose: string
  archived: boolean
  createdAt: number
  createdBy: Id
  lastAt: number
  memberCount: number
  people: Id[]
  version: number
  seq: number
  /** Whether whoever asks is a member. */
  member: boolean
}
type Row = Omit<ConversationCard, 'createdAt' | 'lastAt'> & { created_at: Date; last_at: Date }

export async function conversationCards(tx: Reader, ids: readonly Id[], me: Id): Promise<ConversationCard[]> {
  const rows = await tx.sql<Row>`
    SELECT c.id, c.kind, c.name, c.topic, c.purpose, c.archived_at IS NOT NULL AS archived, c.created_at,
      c.created_by AS "createdBy", c.last_at, c.member_count AS "memberCount", c.people, c.last_version AS version,
      c.last_seq AS seq, m.person_id IS NOT NULL AS member
    FROM conversations c
    LEFT JOIN memberships m ON m.conversation_id = c.id AND m.person_id = ${me} AND m.left_at IS NULL
    WHERE c.id = ANY (${ids}::bigint[]) ORDER BY c.id DESC`
  return rows.map(({ created_at, last_at, ...row }) => ({
    ...row,
    createdAt: created_at.getTime(),
    lastAt: last_at.getTime(),
  }))
}
