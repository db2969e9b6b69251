import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../../access.ts'
import { command } from '../../command.ts'

/** Stops an export that is not done. */
export const cancelExport = command({
  name: 'exports.cancel',
  input: z.strictObject({ export: zId }),
  access: permitted('audit.export'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ input }: { input: { export: string } }) => ({
    action: 'audit.export_cancelled',
    entity: { kind: 'export', id: input.export, name: 'audit log' },
  }),
  async run({ tx, deps }, { export: id }): Promise<void> {
    const [row] = await tx.sql`
      UPDATE exports SET state = 'cancelled', finished_at = ${deps.now()}
      WHERE id = ${id} AND kind = 'audit' AND state IN ('queued', 'running') RETURNING id`
    if (!row) throw new ParleyError('conflict', 'This export is over already.')
  },
})
