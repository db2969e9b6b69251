import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { SETTING_KEYS, SETTINGS, type SettingGroup, type SettingKey } from './definitions.ts'
import { readSettings } from './read.ts'

/** A number within bounds, or one of a few values. */
export type SettingView = {
  key: SettingKey
  group: SettingGroup
  title: string
  says: string
  /** The last change, if there was one: Unix milliseconds, and who made it. */
  changedAt: number | null
  changedBy: { id: Id; name: string } | null
} & (
  | { kind: 'number'; unit: string; minimum: number; maximum: number; fallback: number; value: number }
  | { kind: 'choice'; options: readonly { value: string; says: string }[]; fallback: string; value: string }
)

/** Every setting, with what it decides, its bounds, its value, and who changed it last. */
export const listSettings = query({
  name: 'settings.list',
  input: z.strictObject({}),
  access: permitted('settings.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }): Promise<SettingView[]> {
    const values = await readSettings(tx.sql)
    const rows = await tx.sql<{ key: string; updated_at: Date; by_id: Id | null; by_name: string | null }>`
      SELECT s.key, s.updated_at, s.updated_by AS by_id, p.name AS by_name
      FROM settings s LEFT JOIN people p ON p.id = s.updated_by`
    const changes = new Map(rows.map((row) => [row.key, row]))
    return SETTING_KEYS.map((key) => {
      const { schema: _, ...definition } = SETTINGS[key]
      const change = changes.get(key)
      return {
        ...{ key, ...definition, value: values[key] },
        changedAt: change?.updated_at.getTime() ?? null,
        changedBy: change?.by_id ? { id: change.by_id, name: change.by_name ?? '' } : null,
      } as SettingView
    })
  },
})
