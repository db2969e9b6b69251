import { zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { query } from '../command.ts'
import { cursor } from '../cursor.ts'
import { storableText } from '../storable-text.ts'
import type { PersonCard } from './cards.ts'
import { literally } from './literally.ts'

const place = cursor(z.tuple([storableText(200), zId]))
const PAGE = 50

/** Everybody who was not deactivated, bots too, in the order of their names. */
export const directory = query({
  name: 'people.directory',
  input: z.strictObject({
    /** Somewhere in the name. */
    text: storableText(80).trim().optional(),
    cursor: z.string().max(1_000).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  access: signedIn,
  limit: 'read',
  tokens: 'people:read',
  async run({ tx }, { text, limit = PAGE, ...input }): Promise<{ items: PersonCard[]; next: string | null }> {
    const like = text ? `%${literally(text.toLowerCase())}%` : null
    const [name, id] = place.read(input.cursor) ?? [null, null]
    const rows = await tx.sql<PersonCard & { sorted_by: string }>`
      SELECT id, name, title, kind, status, lower(name) AS sorted_by FROM people
      WHERE status <> 'deactivated' AND (${like}::text IS NULL OR lower(name) LIKE ${like})
        AND (${name}::text IS NULL OR (lower(name), id) > (${name}, ${id}::bigint))
      ORDER BY lower(name), id LIMIT ${limit + 1}`
    const last = rows.length > limit ? rows[limit - 1]! : null
    return {
      items: rows.slice(0, limit).map(({ sorted_by: _, ...card }) => card),
      next: last && place.of([last.sorted_by, last.id]),
    }
  },
})
