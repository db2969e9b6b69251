import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { SETTING_KEYS, SETTINGS, type SettingKey } from './definitions.ts'
import { readSettings } from './read.ts'

export type SettingChange = { key: SettingKey; title: string; before: unknown; after: unknown }

/**
 * Changes settings, all or none. Each names the value that its form showed: if somebody else has changed it since,
 * nothing is saved (`conflict`). Undo is a change back.
 */
export const changeSettings = command({
  name: 'settings.change',
  input: z.strictObject({
    changes: z
      .array(z.strictObject({ key: z.enum(SETTING_KEYS), value: z.unknown(), was: z.unknown() }))
      .min(1)
      .max(50),
  }),
  access: permitted('settings.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: SettingChange[] }) =>
    result.map((change) => ({
      action: 'setting.changed',
      entity: { kind: 'setting', id: change.key, name: change.title },
      before: { value: change.before },
      after: { value: change.after },
    })),
  async run({ tx, scope, deps }, { changes }): Promise<SettingChange[]> {
    // Rows that are not there yet cannot be locked.
    await tx.sql`SELECT pg_advisory_xact_lock(hashtext('settings'))`
    const current = await readSettings(tx.sql)
    const done: SettingChange[] = []
    for (const { key, value, was } of changes) {
      const { schema, title } = SETTINGS[key]
      const parsed = schema.safeParse(value)
      if (!parsed.success)
        throw new ParleyError('bad_input', `${title}: ${parsed.error.issues[0]?.message}`, { field: key })
      if (current[key] !== was)
        throw new ParleyError(
          'conflict',
          `“${title}” was changed by somebody else meanwhile and is ${current[key]} now. Look again, then save.`,
          { field: key },
        )
      if (parsed.data === current[key]) continue
      await tx.sql`
        INSERT INTO settings (key, value, updated_by, updated_at)
        VALUES (${key}, ${JSON.stringify(parsed.data)}, ${scope.me.id}, ${deps.now()})
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by, updated_at = excluded.updated_at`
      done.push({ key, title, before: current[key], after: parsed.data })
      Object.assign(current, { [key]: parsed.data })
    }
    return done
  },
})
