import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { query } from '../command.ts'
import { readable } from '../conversations/access.ts'
import { type ConversationCard, conversationCards } from './conversation-cards.ts'
import { PAGE, type Page, pageOf, readCursor, zPage } from './page.ts'

/** Conversations that whoever asks is a member of, the newest made first. */
export const pageThroughMine = query({
  name: 'conversation.mine',
  input: z.strictObject({ cursor: zPage.cursor, limit: zPage.limit }),
  access: signedIn,
  limit: 'read',
  tokens: 'conversations:read',
  async run({ tx, scope: { me } }, { cursor, limit = PAGE }): Promise<Page<ConversationCard>> {
    const after = readCursor(cursor)
    const rows = await tx.sql<{ id: Id }>`
      SELECT conversation_id AS id FROM memberships
      WHERE person_id = ${me.id} AND left_at IS NULL AND (${after}::bigint IS NULL OR conversation_id < ${after})
      ORDER BY conversation_id DESC LIMIT ${limit + 1}`
    const { items, next } = pageOf(rows, limit, (row) => row.id)
    return { items: await conversationCards(tx, items, me.id), next }
  },
})

/** One conversation: mine, or a public channel. */
export const oneConversation = query({
  name: 'conversation.one',
  input: z.strictObject({ conversation: zId }),
  access: readable,
  limit: 'read',
  tokens: 'conversations:read',
  async run({ tx, scope: { me } }, { conversation }): Promise<ConversationCard> {
    const [card] = await conversationCards(tx, [conversation], me.id)
    if (!card) throw new ParleyError('not_found')
    return card
  },
})
