import { LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { emoji, id } from './named.ts'

/** Parts of a path, and of a query. */
export const inConversation = z.strictObject({ conversation: id })
export const ofMessage = inConversation.extend({ message: id })
export const ofReaction = ofMessage.extend({ emoji })
export const ofFile = z.strictObject({ file: id })

const LIMIT = z.coerce.number().int().min(1).max(LIMITS.historyPage)
export const zPaging = z.strictObject({
  cursor: z.string().max(1_000).optional().describe('`next` of the page before; none for the first.'),
  limit: LIMIT.optional().describe('How many to answer at most.'),
})
export const zNamed = zPaging.extend({
  query: z.string().max(80).optional().describe('Somewhere in the name.'),
})
export const zSearched = zPaging.extend({
  query: z
    .string()
    .max(500)
    .describe('Words, "phrases", -without, `or`, and `from:` `in:` `before:` `after:` `on:` `has:`.'),
  conversation: id.optional().describe('Only there.'),
  limit: LIMIT.max(50).optional().describe('How many to answer at most.'),
})
