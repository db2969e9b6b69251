import { type BrowsedChannel, browseChannels } from '@parley/db/queries/conversations/browse-channels'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { query } from '../command.ts'
import { cursor } from '../cursor.ts'
import { literally } from '../people/literally.ts'
import { storableText } from '../storable-text.ts'

/** The name of the last channel shown. */
const place = cursor(storableText(200))
const PAGE = 50

/** Public channels, which everybody may join, in the order of their names. */
export const browse = query({
  name: 'conversation.browse',
  input: z.strictObject({
    /** Somewhere in the name. */
    query: storableText(80).optional(),
    /** Those that are archived too. */
    archived: z.boolean().optional(),
    cursor: z.string().max(1_000).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  access: signedIn,
  limit: 'read',
  tokens: 'conversations:read',
  async run({ tx, scope }, input): Promise<{ items: BrowsedChannel[]; next: string | null }> {
    const limit = input.limit ?? PAGE
    const text = (input.query ?? '').trim().replace(/^#/, '').toLowerCase()
    const rows = await browseChannels(tx.sql, scope.me.id, {
      like: text === '' ? null : `%${literally(text)}%`,
      archived: input.archived ?? false,
      after: place.read(input.cursor),
      limit: limit + 1,
    })
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? place.of(items.at(-1)!.name.toLowerCase()) : null }
  },
})
