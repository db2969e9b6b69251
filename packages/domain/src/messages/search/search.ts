import { type FoundMessage, searchMessages } from '@parley/db/queries/search-messages'
import { compareIds, timeOf, zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../../access.ts'
import { query } from '../../command.ts'
import { cursor } from '../../cursor.ts'
import { storableText } from '../../storable-text.ts'
import { parseQuery } from './parse-query.ts'
import { resolveQuery } from './resolve-query.ts'

/** `at` in Unix milliseconds. */
export type SearchHit = FoundMessage & { at: number }
export type SearchPage = { items: SearchHit[]; next: string | null }

/** The message that the last page ended with. */
const place = cursor(zId)
const PAGE = 20
const QUERY_LENGTH = 500

/**
 * Finds messages in the conversations that the actor is a member of, newest first: words, "phrases", -exclusions, `or`,
 * the beginning of the last word, and the filters from: in: before: after: on: has: (see parse-query.ts).
 */
export const search = query({
  name: 'message.search',
  input: z.strictObject({
    query: storableText(QUERY_LENGTH),
    /** Only there. */
    conversation: zId.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(50).optional(),
  }),
  access: signedIn,
  limit: 'search',
  tokens: 'messages:read',
  async run({ tx, scope }, { query, conversation, ...input }): Promise<SearchPage> {
    const parsed = parseQuery(query)
    if (parsed.empty) return { items: [], next: null }
    const me = scope.me.id
    const limit = input.limit ?? PAGE
    const wanted = await resolveQuery(tx, me, parsed)
    const end = place.read(input.cursor)
    if (conversation !== undefined)
      wanted.conversations = (wanted.conversations ?? [conversation]).filter((id) => id === conversation)
    if (end !== null && (wanted.to === null || compareIds(end, wanted.to) < 0)) wanted.to = end
    const rows = await searchMessages(tx.connection, me, wanted, limit + 1)
    const items = rows.slice(0, limit).map((row) => ({ ...row, at: timeOf(row.message) }))
    return { items, next: rows.length > limit ? place.of(items.at(-1)!.message) : null }
  },
})
