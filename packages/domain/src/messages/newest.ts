import { newestReplies, newestRoots } from '@parley/db/queries/newest-messages'
import { LIMITS, type Message, zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { query } from '../command.ts'
import { zCount } from '../count.ts'

/** `next`: `before` of the page of older messages; null when there are none. */
export type NewestPage = { items: Message[]; next: number | null }

const input = z.strictObject({
  conversation: zId,
  /** Only messages with a lower ordinal. */
  before: zCount.min(1).optional(),
  limit: z.int().min(1).max(LIMITS.historyPage).optional(),
})
const PAGE = 50

/** Root messages, the newest first: for readers that hold nothing and go back page by page. */
export const newestMessages = query({
  name: 'message.newest',
  input,
  access: memberOf,
  limit: 'read',
  tokens: 'messages:read',
  run: async ({ tx, scope: { me } }, { conversation, before = null, limit = PAGE }) =>
    pageOf(await newestRoots(tx.connection, me.id, conversation, before, limit + 1), limit),
})

/** Replies of a thread, likewise. */
export const newestThreadReplies = query({
  name: 'message.newestReplies',
  input: input.extend({ root: zId }),
  access: memberOf,
  limit: 'read',
  tokens: 'messages:read',
  run: async ({ tx, scope: { me } }, { conversation, root, before = null, limit = PAGE }) =>
    pageOf(await newestReplies(tx.connection, me.id, conversation, root, before, limit + 1), limit),
})

/** What was read is one more than is shown, to know whether there are more. */
function pageOf(read: Message[], limit: number): NewestPage {
  const items = read.slice(0, limit)
  return { items, next: read.length > limit ? items.at(-1)!.ordinal : null }
}
