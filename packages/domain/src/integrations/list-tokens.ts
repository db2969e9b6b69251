import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { literally } from '../people/literally.ts'
import { PAGE, type Page, pageOf, readCursor, zPage } from './page.ts'
import { type TokenState, tokenState } from './token-state.ts'

/** Times in Unix milliseconds; `lastUsedAt` to the minute. */
export type TokenRow = {
  id: Id
  name: string
  /** Its last four characters. */
  hint: string
  scopes: string[]
  bot: { id: Id; name: string; active: boolean }
  createdBy: { id: Id; name: string }
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
  state: TokenState
}
type Row = Pick<TokenRow, 'id' | 'name' | 'hint' | 'scopes'> & {
  bot_id: Id
  bot_name: string
  bot_active: boolean
  by_id: Id
  by_name: string
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}

/** Tokens, the newest first; by name of token or bot, or by the last characters; of one bot; live ones only. */
export const listTokens = query({
  name: 'token.list',
  input: z.strictObject({ ...zPage, bot: zId.optional(), live: z.boolean().optional() }),
  access: permitted('tokens.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx, deps }, { text, cursor, limit = PAGE, bot, live = false }): Promise<Page<TokenRow>> {
    const now = deps.now()
    const after = readCursor(cursor)
    const like = text ? `%${literally(text)}%` : null
    const rows = await tx.sql<Row>`
      SELECT t.id, t.name, t.hint, t.scopes, p.id AS bot_id, p.name AS bot_name, p.status = 'active' AS bot_active,
        c.id AS by_id, c.name AS by_name, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
      FROM api_tokens t JOIN people p ON p.id = t.person_id JOIN people c ON c.id = t.created_by
      WHERE (${after}::bigint IS NULL OR t.id < ${after}) AND (${bot ?? null}::bigint IS NULL OR t.person_id = ${bot ?? null}::bigint)
        AND (${like}::text IS NULL OR t.name ILIKE ${like} OR p.name ILIKE ${like} OR t.hint LIKE ${like})
        AND (NOT ${live}::boolean OR (t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${now})))
      ORDER BY t.id DESC LIMIT ${limit + 1}`
    return pageOf(rows, limit, (row) => toToken(row, now))
  },
})

const toToken = (row: Row, now: Date): TokenRow => ({
  ...{ id: row.id, name: row.name, hint: row.hint, scopes: row.scopes, state: tokenState(row, now) },
  bot: { id: row.bot_id, name: row.bot_name, active: row.bot_active },
  createdBy: { id: row.by_id, name: row.by_name },
  createdAt: row.created_at.getTime(),
  expiresAt: row.expires_at?.getTime() ?? null,
  lastUsedAt: row.last_used_at?.getTime() ?? null,
})
