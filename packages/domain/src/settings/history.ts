import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { storableText } from '../storable-text.ts'

const MOST = 100

export type SettingHistory = {
  /** Unix milliseconds. */
  at: number
  by: { id: Id | null; name: string }
  before: unknown
  after: unknown
  /** The audit event that says so. */
  event: Id
}

/** The last hundred changes of one setting, newest first, as the audit log has them. */
export const settingHistory = query({
  name: 'settings.history',
  input: z.strictObject({ key: storableText(80) }),
  access: permitted('settings.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }, { key }): Promise<SettingHistory[]> {
    type Row = { id: Id; at: Date; actor_id: Id | null; actor_name: string; before: Value; after: Value }
    type Value = { value?: unknown } | null
    const rows = await tx.sql<Row>`
      SELECT id, at, actor_id, actor_name, before, after FROM audit_events
      WHERE entity_kind = 'setting' AND entity_id = ${key} AND action = 'setting.changed'
      ORDER BY id DESC LIMIT ${MOST}`
    return rows.map((row) => ({
      at: row.at.getTime(),
      by: { id: row.actor_id, name: row.actor_name },
      before: row.before?.value,
      after: row.after?.value,
      event: row.id,
    }))
  },
})
