import { LIMITS, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { oneLine } from '../one-line.ts'

type Change = { before: string; after: string }

/** Renames the organisation. Its history is that of the setting `organisation.name`. */
export const renameOrganisation = command({
  name: 'organisation.rename',
  input: z.strictObject({ name: oneLine(LIMITS.personName) }),
  access: permitted('settings.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Change }) =>
    result.before === result.after
      ? null
      : {
          action: 'setting.changed',
          entity: { kind: 'setting', id: 'organisation.name', name: 'Name of the organisation' },
          before: { value: result.before },
          after: { value: result.after },
        },
  async run({ tx }, { name }): Promise<Change> {
    const [row] = await tx.sql<{ id: string; name: string }>`SELECT id, name FROM organisation FOR UPDATE`
    if (!row) throw new ParleyError('not_found')
    await tx.sql`UPDATE organisation SET name = ${name} WHERE id = ${row.id}`
    return { before: row.name, after: name }
  },
})
