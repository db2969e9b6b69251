import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { literally } from '../people/literally.ts'
import { storableText } from '../storable-text.ts'

const MOST = 20

export type FoundChannel = {
  id: Id
  name: string
  kind: 'private' | 'public'
  archived: boolean
  members: number
  /** Whether it has a retention of its own. */
  own: boolean
}

/** Channels whose name holds the text, for the choice of an exception. Those whose name begins with it come first. */
export const searchChannels = query({
  name: 'retention.searchChannels',
  input: z.strictObject({ text: storableText(80).trim() }),
  access: permitted('retention.read'),
  limit: 'search',
  tokens: 'never',
  run: ({ tx }, { text }): Promise<FoundChannel[]> => tx.sql<FoundChannel>`
    SELECT c.id, c.name, c.kind, c.archived_at IS NOT NULL AS archived, c.member_count AS members, r.id IS NOT NULL AS own
    FROM conversations c LEFT JOIN retention_policies r ON r.conversation_id = c.id
    WHERE c.kind IN ('private', 'public') AND c.name ILIKE ${`%${literally(text)}%`}
    ORDER BY (c.name ILIKE ${`${literally(text)}%`}) DESC, lower(c.name), c.id LIMIT ${MOST}`,
})
