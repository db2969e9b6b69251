import type { Conversation, Id, Membership } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Without a conversation: somebody is in none. */
type Found = { own_version: number | null; chosen_version: number | null } & (Row | { id: null })
type Row = {
  person_version: number
  id: Id
  kind: Conversation['kind']
  name: string | null
  topic: string
  purpose: string
  archived: boolean
  created_at: Date
  created_by: Id
  last_version: number
  last_seq: number
  roots: number
  floor: number
  last_at: Date
  member_count: number
  people: Id[]
  role: Membership['role']
  read_seq: number
  read_ordinal: number
  mention_seqs: number[]
  muted: boolean
  favourite: boolean
}
export type MyConversation = { conversation: Conversation; membership: Membership; personVersion: number }

/**
 * What concerns one person, of one moment: how far their own changes go, with which of them they last chose something of
 * their presence (0: never), and what they are a member of.
 */
export type Mine = { version: number; chosenAt: number; conversations: MyConversation[] }

/** The conversations that a person is a member of (of `only` these, if given), each with their own relation to it. */
export const myConversations = async (sql: Sql, person: Id, only: Id[] | null = null) =>
  (await allMine(sql, person, only)).conversations

/** The same with where the person stands. One question: everybody who arrives asks it. */
export async function allMine(sql: Sql, person: Id, only: Id[] | null = null): Promise<Mine> {
  const rows = await sql<Found>`
    SELECT s.last_version AS own_version, p.person_version AS chosen_version,
      m.person_version, c.id, c.kind, c.name, c.topic, c.purpose, c.archived_at IS NOT NULL AS archived,
      c.created_at, c.created_by, c.last_version, c.last_seq, c.roots, c.floor, c.last_at, c.member_count, c.people,
      m.role, m.read_seq, m.read_ordinal, m.muted, m.favourite,
      CASE WHEN m.read_seq < c.last_seq THEN ARRAY(
        SELECT seq FROM (
          SELECT DISTINCT x.seq FROM mentions x
          WHERE x.conversation_id = c.id AND x.person_id IN (${person}::bigint, 0) AND x.seq > m.read_seq AND x.sender_id <> ${person}
          ORDER BY x.seq DESC LIMIT 100
        ) newest ORDER BY seq
      ) ELSE '{}' END AS mention_seqs
    FROM (SELECT ${person}::bigint AS id) me
    LEFT JOIN person_state s ON s.person_id = me.id
    LEFT JOIN chosen_presence p ON p.person_id = me.id
    LEFT JOIN (memberships m JOIN conversations c ON c.id = m.conversation_id)
      ON m.person_id = me.id AND m.left_at IS NULL
      AND (${only}::bigint[] IS NULL OR m.conversation_id = ANY (${only}::bigint[]))`
  const [{ own_version, chosen_version }] = rows as [Found]
  const conversations = rows.filter((row) => row.id !== null).map(toMine)
  return { version: own_version ?? 0, chosenAt: chosen_version ?? 0, conversations }
}

const toMine = (row: Row): MyConversation => ({
  personVersion: row.person_version,
  conversation: {
    id: row.id,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    purpose: row.purpose,
    archived: row.archived,
    createdAt: row.created_at.getTime(),
    createdBy: row.created_by,
    version: row.last_version,
    seq: row.last_seq,
    roots: row.roots,
    floor: row.floor,
    lastAt: row.last_at.getTime(),
    memberCount: row.member_count,
    people: row.people,
  },
  membership: {
    role: row.role,
    readSeq: row.read_seq,
    readOrdinal: row.read_ordinal,
    mentionSeqs: row.mention_seqs,
    muted: row.muted,
    favourite: row.favourite,
  },
})
