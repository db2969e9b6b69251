import {
  countConversations,
  type ListedConversation,
  listConversations as readPage,
} from '@parley/db/queries/conversations/list-conversations'
import { type ConversationKind, type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../../access.ts'
import { query } from '../../command.ts'
import { cursor } from '../../cursor.ts'
import { literally } from '../../people/literally.ts'
import { storableText } from '../../storable-text.ts'

const SORTS = ['name', 'members', 'messages', 'created', 'active'] as const
const KINDS = ['public', 'private', 'direct', 'group'] as const satisfies ConversationKind[]
const PAGE = 50

/** Of a conversation what administration needs; nothing of what was said. Times in Unix milliseconds. */
export type ConversationRow = {
  id: Id
  kind: ConversationKind
  /** Null for direct and group conversations, which are known by their people. */
  name: string | null
  people: Id[]
  topic: string
  archivedAt: number | null
  createdAt: number
  createdBy: Id
  /** Whoever becomes a member of the organisation joins it. */
  forEveryone: boolean
  memberCount: number
  /** Messages ever, those that are gone included. */
  messages: number
  lastAt: number
  /** The policy of its own, if it has one; `days` null: kept for ever. */
  retention: { days: number | null } | null
}
export type ConversationsPage = { items: ConversationRow[]; next: string | null; total: number }

const place = cursor(z.tuple([z.enum(SORTS), z.boolean(), storableText(400), zId]))

/** Every conversation, for administration: filtered, sorted, in pages of at most 200. Channels, unless asked otherwise. */
export const listConversations = query({
  name: 'conversation.list',
  input: z.strictObject({
    /** Somewhere in the name or topic. */
    text: storableText(80).trim().optional(),
    kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).optional(),
    archived: z.boolean().optional(),
    sort: z.enum(SORTS).optional(),
    descending: z.boolean().optional(),
    cursor: z.string().max(1_000).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  access: permitted('conversations.read'),
  limit: 'read',
  tokens: 'never',
  async run({ deps: { db } }, input): Promise<ConversationsPage> {
    const order = { sort: input.sort ?? 'name', descending: input.descending ?? false } as const
    const limit = input.limit ?? PAGE
    const filter = {
      like: input.text ? `%${literally(input.text.toLowerCase())}%` : null,
      kinds: input.kinds ?? ['public', 'private'],
      archived: input.archived ?? null,
    } as const
    const [rows, total] = await Promise.all([
      readPage(db.connection, filter, order, afterOf(input.cursor, order), limit + 1),
      countConversations(db.connection, filter),
    ])
    const last = rows.length > limit ? rows[limit - 1]! : null
    return {
      items: rows.slice(0, limit).map(toRow),
      next: last && place.of([order.sort, order.descending, last.sorted_by, last.id]),
      total,
    }
  },
})

/** A cursor of another order says nothing here: the list begins anew. */
function afterOf(text: string | undefined, order: { sort: string; descending: boolean }) {
  const read = place.read(text)
  if (!read) return null
  const [sort, descending, sortedBy, id] = read
  return sort === order.sort && descending === order.descending ? { sortedBy, id } : null
}

const toRow = (row: ListedConversation): ConversationRow => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  people: row.people,
  topic: row.topic,
  archivedAt: row.archived_at?.getTime() ?? null,
  createdAt: row.created_at.getTime(),
  createdBy: row.created_by,
  forEveryone: row.for_everyone,
  memberCount: row.member_count,
  messages: row.last_seq,
  lastAt: row.last_at.getTime(),
  retention: row.has_retention ? { days: row.retention_days } : null,
})
