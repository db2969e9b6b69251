import type { ConversationKind, Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** A conversation with all of its history in place: from its commit on people see it. Times in Unix milliseconds. */
export type ImportedConversation = {
  key: string
  id: Id
  kind: ConversationKind
  name: string | null
  topic: string
  purpose: string
  directKey: string | null
  /** Sorted, of direct and group conversations. */
  people: readonly Id[]
  createdBy: Id
  createdAt: number
  archivedAt: number | null
  lastAt: number
  lastSeq: number
  lastVersion: number
  roots: number
  memberCount: number
}

const time = (at: number | null) => (at === null ? null : new Date(at))

export async function insertImportedConversation(sql: Sql, c: ImportedConversation): Promise<void> {
  await sql`
    INSERT INTO conversations (id, kind, name, topic, purpose, direct_key, people, created_by, created_at, archived_at,
      last_seq, last_version, roots, member_count, last_at, import_key)
    VALUES (${c.id}, ${c.kind}, ${c.name}, ${c.topic}, ${c.purpose}, ${c.directKey}, ${c.people}, ${c.createdBy},
      ${time(c.createdAt)}, ${time(c.archivedAt)}, ${c.lastSeq}, ${c.lastVersion}, ${c.roots}, ${c.memberCount},
      ${time(c.lastAt)}, ${c.key})`
}

/** Members who have read everything: history is read, not unread. Each takes the next version of theirs. */
export async function insertImportedMembers(
  sql: Sql,
  conversation: Pick<ImportedConversation, 'id' | 'createdAt' | 'lastSeq' | 'lastVersion' | 'roots'>,
  members: readonly { person: Id; role: 'owner' | 'member'; personVersion: number }[],
): Promise<void> {
  const { id, createdAt, lastSeq, lastVersion, roots } = conversation
  await sql`
    INSERT INTO memberships (conversation_id, person_id, role, joined_at, version, person_version, read_seq, read_ordinal)
    SELECT ${id}, person, role, ${time(createdAt)}, ${lastVersion}, person_version, ${lastSeq}, ${roots}
    FROM unnest(${members.map(({ person }) => person)}::bigint[], ${members.map(({ role }) => role)}::text[],
      ${members.map(({ personVersion }) => personVersion)}::int[]) AS m(person, role, person_version)`
}

/** Conversations that an import need not, or must not, make again. */
export async function findImportedConversations(sql: Sql, keys: readonly string[]): Promise<Map<string, Id>> {
  const rows = await sql<{ key: string; id: Id }>`
    SELECT import_key AS key, id FROM conversations WHERE import_key = ANY (${keys}::text[])`
  return new Map(rows.map(({ key, id }) => [key, id]))
}

export async function isDirectKeyTaken(sql: Sql, key: string): Promise<boolean> {
  const rows = await sql`SELECT FROM conversations WHERE direct_key = ${key}`
  return rows.length > 0
}

/** Of these names those that a channel has, in lower case. */
export async function takenNames(sql: Sql, names: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ name: string }>`
    SELECT lower(name) AS name FROM conversations WHERE name IS NOT NULL
      AND lower(name) IN (SELECT lower(n) FROM unnest(${names}::text[]) AS n)`
  return new Set(rows.map(({ name }) => name))
}
