import type { Database } from '@parley/db'
import type { Id, Reaction } from '@parley/protocol'
import type { History, Truth } from './crowd/protocol.ts'
import { lineOf, type Shown } from './lines.ts'
import type { MoveMade } from './movers.ts'
import type { Room } from './rooms.ts'

export type MessageFact = Shown & { conversation: Id; reactions: Reaction[] | null }
export type MembershipFact = { conversation: Id; person: Id; here: boolean; readSeq: number }

/** All that a round left behind: what everybody says they did and heard, and what PostgreSQL holds. */
export type Facts = {
  rooms: Room[]
  histories: History[]
  moves: MoveMade[]
  messages: MessageFact[]
  /** What messages said before they were changed. */
  earlier: { message: Id; text: string }[]
  memberships: MembershipFact[]
  conversations: { id: Id; seq: number; version: number; roots: number }[]
  /** By which version search knows a message. */
  indexed: { message: Id; version: number }[]
  notifications: { person: Id; message: Id }[]
  /** What people want to be told of, as it is kept. */
  preferences: { person: Id; push: string | null; email: boolean | null }[]
  /** What was failed in by our own fault, as people were answered: a sentence each. */
  failures: string[]
}
export type Recorded = Omit<Facts, 'rooms' | 'histories' | 'moves' | 'failures'>

export async function readRecorded({ sql }: Database, rooms: Room[]): Promise<Recorded> {
  const ids = rooms.map((room) => room.id)
  return {
    messages: await sql<MessageFact>`
      SELECT conversation_id AS conversation, id, seq, version, ordinal, root_id AS root, sender_id AS sender,
        client_id AS client, text, gone, reactions
      FROM messages WHERE conversation_id = ANY (${ids}::bigint[]) ORDER BY conversation_id, seq`,
    earlier: await sql<{ message: Id; text: string }>`
      SELECT message_id AS message, text FROM message_versions WHERE conversation_id = ANY (${ids}::bigint[])`,
    memberships: await sql<MembershipFact>`
      SELECT conversation_id AS conversation, person_id AS person, left_at IS NULL AS here, read_seq AS "readSeq"
      FROM memberships WHERE conversation_id = ANY (${ids}::bigint[])`,
    conversations: await sql<Facts['conversations'][number]>`
      SELECT id, last_seq AS seq, last_version AS version, roots
      FROM conversations WHERE id = ANY (${ids}::bigint[])`,
    indexed: await sql<Facts['indexed'][number]>`
      SELECT message_id AS message, version FROM message_search WHERE conversation_id = ANY (${ids}::bigint[])`,
    notifications: await sql<Facts['notifications'][number]>`
      SELECT person_id AS person, message_id AS message FROM notifications WHERE conversation_id = ANY (${ids}::bigint[])`,
    preferences: await sql<Facts['preferences'][number]>`
      SELECT id AS person, preferences->'notifications'->>'push' AS push,
        (preferences->'notifications'->>'email')::boolean AS email
      FROM people`,
  }
}

/** What every client must come to show. Unread messages are counted one by one, not taken from anybody's counters. */
export async function readTruth(db: Database, rooms: Room[]): Promise<Truth> {
  const { messages, conversations } = await readRecorded(db, rooms)
  const unread = await db.sql<{ conversation: Id; person: Id; unread: number }>`
    SELECT s.conversation_id AS conversation, s.person_id AS person,
      (SELECT count(*)::int FROM messages m
       WHERE m.conversation_id = s.conversation_id AND m.root_id IS NULL AND m.ordinal > s.read_ordinal) AS unread
    FROM memberships s
    WHERE s.conversation_id = ANY (${rooms.map((room) => room.id)}::bigint[]) AND s.left_at IS NULL`
  return {
    rooms: conversations.map(({ id, version }) => {
      const here = unread.filter((one) => one.conversation === id)
      return {
        ...{ id, version },
        members: here.map(({ person }) => person),
        unread: Object.fromEntries(here.map((one) => [one.person, one.unread])),
        lines: linesOf(messages.filter((message) => message.conversation === id)),
      }
    }),
  }
}

function linesOf(messages: MessageFact[]): string[] {
  const byOrdinal = (a: MessageFact, b: MessageFact) => a.ordinal - b.ordinal
  const roots = messages.filter(({ root }) => root === null).sort(byOrdinal)
  const replies = new Map<Id, MessageFact[]>()
  for (const message of messages)
    if (message.root) replies.set(message.root, [...(replies.get(message.root) ?? []), message])
  return [...roots, ...roots.flatMap(({ id }) => (replies.get(id) ?? []).sort(byOrdinal))].map(lineOf)
}
