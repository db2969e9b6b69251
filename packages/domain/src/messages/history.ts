import { rootsBetween, threadBetween } from '@parley/db/queries/messages'
import { LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { query } from '../command.ts'
import { zCount } from '../count.ts'

const bounds = { from: zCount.min(1), to: zCount.min(1) }
const paged = <T extends { from: number; to: number }>(shape: z.ZodType<T>) =>
  shape.refine((i) => i.to >= i.from && i.to - i.from < LIMITS.historyPage, {
    path: ['to'],
    message: `must be at least from, and span at most ${LIMITS.historyPage} messages`,
  })

const historyInput = z.strictObject({ conversation: zId, ...bounds })
/**
 * Root messages by their place, with the version of the conversation at that moment. Long ones are not all in one answer:
 * see its `next`.
 */
export const history = query({
  name: 'message.history',
  input: paged(historyInput),
  access: memberOf,
  limit: 'read',
  tokens: 'messages:read',
  run: async ({ tx, scope: { me } }, { conversation, from, to }) =>
    seen(await rootsBetween(tx.connection, me.id, conversation, from, to)),
})

const threadInput = z.strictObject({ conversation: zId, root: zId, ...bounds })
/** A root and its replies by their place. */
export const threadHistory = query({
  name: 'message.thread',
  input: paged(threadInput),
  access: memberOf,
  limit: 'read',
  tokens: 'messages:read',
  run: async ({ tx, scope: { me } }, { conversation, root, from, to }) =>
    seen(await threadBetween(tx.connection, me.id, conversation, root, from, to)),
})

function seen<Page>(page: Page | null): Page {
  if (!page) throw new ParleyError('not_found')
  return page
}
