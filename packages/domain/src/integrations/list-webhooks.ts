import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { literally } from '../people/literally.ts'
import { PAGE, type Page, pageOf, readCursor, zPage } from './page.ts'

/** Times in Unix milliseconds; `lastUsedAt` to the minute. */
export type WebhookRow = {
  id: Id
  name: string
  conversation: { id: Id; name: string | null }
  bot: { id: Id; name: string; active: boolean }
  createdBy: { id: Id; name: string }
  createdAt: number
  lastUsedAt: number | null
  state: 'live' | 'revoked'
}
type Row = {
  id: Id
  name: string
  conversation_id: Id
  conversation_name: string | null
  bot_id: Id
  bot_name: string
  bot_active: boolean
  by_id: Id
  by_name: string
  created_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

/** Incoming webhooks, the newest first; by name of webhook, bot or channel; live ones only. */
export const listWebhooks = query({
  name: 'webhook.list',
  input: z.strictObject({ ...zPage, live: z.boolean().optional() }),
  access: permitted('tokens.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }, { text, cursor, limit = PAGE, live = false }): Promise<Page<WebhookRow>> {
    const after = readCursor(cursor)
    const like = text ? `%${literally(text)}%` : null
    const rows = await tx.sql<Row>`
      SELECT w.id, w.name, w.conversation_id, v.name AS conversation_name, p.id AS bot_id, p.name AS bot_name,
        p.status = 'active' AS bot_active, c.id AS by_id, c.name AS by_name, w.created_at, w.last_used_at, w.revoked_at
      FROM incoming_webhooks w JOIN people p ON p.id = w.person_id JOIN people c ON c.id = w.created_by
      JOIN conversations v ON v.id = w.conversation_id
      WHERE (${after}::bigint IS NULL OR w.id < ${after}) AND (NOT ${live}::boolean OR w.revoked_at IS NULL)
        AND (${like}::text IS NULL OR w.name ILIKE ${like} OR p.name ILIKE ${like} OR v.name ILIKE ${like})
      ORDER BY w.id DESC LIMIT ${limit + 1}`
    return pageOf(rows, limit, toWebhook)
  },
})

const toWebhook = (row: Row): WebhookRow => ({
  ...{ id: row.id, name: row.name, state: row.revoked_at ? 'revoked' : 'live' },
  conversation: { id: row.conversation_id, name: row.conversation_name },
  bot: { id: row.bot_id, name: row.bot_name, active: row.bot_active },
  createdBy: { id: row.by_id, name: row.by_name },
  createdAt: row.created_at.getTime(),
  lastUsedAt: row.last_used_at?.getTime() ?? null,
})
