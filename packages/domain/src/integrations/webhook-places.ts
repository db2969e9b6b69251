import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { literally } from '../people/literally.ts'
import { storableText } from '../storable-text.ts'

export type WebhookPlaceCard = { id: Id; name: string; kind: 'public' | 'private' }
const MOST = 20

/** Channels into which whoever asks may make a webhook: public ones, and private ones that they are in. */
export const webhookPlaces = query({
  name: 'webhook.places',
  input: z.strictObject({ text: storableText(80).trim().optional() }),
  access: permitted('tokens.manage'),
  limit: 'search',
  tokens: 'never',
  run({ tx, scope: { me } }, { text = '' }): Promise<WebhookPlaceCard[]> {
    const like = `%${literally(text.replace(/^#/, '').toLowerCase())}%`
    return tx.sql<WebhookPlaceCard>`
      SELECT c.id, c.name, c.kind FROM conversations c
      LEFT JOIN memberships m ON m.conversation_id = c.id AND m.person_id = ${me.id} AND m.left_at IS NULL
      WHERE c.archived_at IS NULL AND (c.kind = 'public' OR (c.kind = 'private' AND m.person_id IS NOT NULL))
        AND lower(c.name) LIKE ${like}
      ORDER BY lower(c.name) LIMIT ${MOST}`
  },
})
