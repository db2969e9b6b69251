import { type ListedMember, listMembers } from '@parley/db/queries/conversations/list-members'
import { type Member, zId } from '@parley/protocol'
import { z } from 'zod'
import { query } from '../command.ts'
import { cursor } from '../cursor.ts'
import { literally } from '../people/literally.ts'
import { storableText } from '../storable-text.ts'
import { readable } from './access.ts'

const place = cursor<ListedMember['place']>(z.tuple([z.boolean(), storableText(200), zId]))
const PAGE = 100

/** Who is in a conversation: owners first, then by name. For its members; of a public channel for everybody. */
export const members = query({
  name: 'conversation.members',
  input: z.strictObject({
    conversation: zId,
    /** Somewhere in the name. */
    query: storableText(80).optional(),
    cursor: z.string().max(1_000).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  access: readable,
  limit: 'read',
  tokens: 'conversations:read',
  async run({ tx }, { conversation, ...input }): Promise<{ items: Member[]; next: string | null }> {
    const limit = input.limit ?? PAGE
    const text = (input.query ?? '').trim().toLowerCase()
    const rows = await listMembers(tx.sql, conversation, {
      like: text === '' ? null : `%${literally(text)}%`,
      after: place.read(input.cursor),
      limit: limit + 1,
    })
    return {
      items: rows.slice(0, limit).map(({ person, role }) => ({ person, role })),
      next: rows.length > limit ? place.of(rows[limit - 1]!.place) : null,
    }
  },
})
