import type { Conversation, Id, Membership } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Without a conversation: somebody is in none. */
type Found = { asked: number; own_version: number | null; chosen_version: number | null } & (
  | Row
  | { id: null }
)
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

/** About whom; of `only` these conversations, if given, or else of those whose ids are above `after`. */
export type AskedMine = { person: Id; only: Id[] | null; after: Id }
/** Rows past which whoever is left is to be asked about again, so that no answer grows with how many ask. */
const MOST = 2_000

/** The conversations that a person is a member of (of `only` these, if given), each with their own relation to it. */
export async function myConversations(sql: Sql, person: Id, only: Id[] | null = null) {
  const [mine] = await allMine(sql, [{ person, only, after: '0' }], null)
  return mine!.conversations
}

/**
 * The same with where each person stands: of the first ones that were asked about, and of all if that is not much. At
 * most `each` conversations of each, those with the lowest ids, unless they are named.
 */
export async function allMine(sql: Sql, asked: AskedMine[], each: number | null): Promise<Mine[]> {
  const people = asked.map(({ person }) => person)
  const only = asked.map((one) => one.only && `{${one.only.join(',')}}`)
  const after = asked.map((one) => one.after)
  const rows = await sql<Found>`
    SELECT asked, own_version, chosen_version, person_version, id, kind, name, topic, purpose, archived, created_at,
      created_by, last_version, last_seq, roots, floor, last_at, member_count, people, role, read_seq, read_ordinal,
      muted, favourite, mention_seqs
    FROM conversations_of(${people}, ${only}, ${after}, ${each}, ${MOST})`
  const all: Mine[] = []
  for (const row of rows) {
    const { own_version, chosen_version } = row
    all[row.asked - 1] ??= { version: own_version ?? 0, chosenAt: chosen_version ?? 0, conversations: [] }
    if (row.id !== null) all[row.asked - 1]!.conversations.push(toMine(row))
  }
  return all
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
