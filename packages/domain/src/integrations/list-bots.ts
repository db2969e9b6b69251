import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { literally } from '../people/literally.ts'
import { PAGE, type Page, pageOf, readCursor, zPage } from './page.ts'

/** `tokens`: live ones; `lastUsedAt`: of any of them, in Unix milliseconds. */
export type BotRow = {
  id: Id
  name: string
  title: string
  active: boolean
  createdAt: number
  conversations: number
  tokens: number
  webhooks: number
  lastUsedAt: number | null
}
type Row = Omit<BotRow, 'createdAt' | 'lastUsedAt'> & { created_at: Date; last_used_at: Date | null }

/** Bots, the newest first, by name. */
export const listBots = query({
  name: 'bot.list',
  input: z.strictObject(zPage),
  access: permitted('tokens.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx, deps }, { text, cursor, limit = PAGE }): Promise<Page<BotRow>> {
    const after = readCursor(cursor)
    const like = text ? `%${literally(text)}%` : null
    const rows = await tx.sql<Row>`
      SELECT p.id, p.name, p.title, p.status = 'active' AS active, p.created_at,
        (SELECT count(*)::int FROM memberships m WHERE m.person_id = p.id AND m.left_at IS NULL) AS conversations,
        (SELECT count(*)::int FROM api_tokens t WHERE t.person_id = p.id AND t.revoked_at IS NULL
          AND (t.expires_at IS NULL OR t.expires_at > ${deps.now()})) AS tokens,
        (SELECT count(*)::int FROM incoming_webhooks w WHERE w.person_id = p.id AND w.revoked_at IS NULL) AS webhooks,
        greatest((SELECT max(last_used_at) FROM api_tokens t WHERE t.person_id = p.id),
          (SELECT max(last_used_at) FROM incoming_webhooks w WHERE w.person_id = p.id)) AS last_used_at
      FROM people p
      WHERE p.kind = 'bot' AND (${after}::bigint IS NULL OR p.id < ${after}) AND (${like}::text IS NULL OR p.name ILIKE ${like})
      ORDER BY p.id DESC LIMIT ${limit + 1}`
    return pageOf(rows, limit, ({ created_at, last_used_at, ...row }) => ({
      ...row,
      createdAt: created_at.getTime(),
      lastUsedAt: last_used_at?.getTime() ?? null,
    }))
  },
})
