import type { Sql } from '@parley/db'
import { SETTING_KEYS, SETTINGS, type Settings } from './definitions.ts'

/** All settings as they hold now. A stored value that a later version no longer allows counts as not set. */
export async function readSettings(sql: Sql): Promise<Settings> {
  const rows = await sql<{ key: string; value: unknown }>`SELECT key, value FROM settings`
  const stored = new Map(rows.map((row) => [row.key, row.value]))
  return Object.fromEntries(
    SETTING_KEYS.map((key) => {
      const { schema, fallback } = SETTINGS[key]
      const parsed = schema.safeParse(stored.get(key))
      return [key, parsed.success ? parsed.data : fallback]
    }),
  ) as Settings
}
