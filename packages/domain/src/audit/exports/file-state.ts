import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../../access.ts'
import { command } from '../../command.ts'

const because = { none: 'asking for the export is audited, and so is each download' }

/** An export is written now, from its beginning. @returns false when it is over */
export const beginExport = command({
  name: 'exports.begin',
  input: z.strictObject({ export: zId, total: z.int().min(0) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: because,
  async run({ tx }, { export: id, total }): Promise<boolean> {
    const rows = await tx.sql`
      UPDATE exports SET state = 'running', rows = 0, total = ${total}, error = NULL
      WHERE id = ${id} AND state IN ('queued', 'running') RETURNING id`
    return rows.length > 0
  },
})

/**
 * The file is whole and in the store, with so many rows: whatever a worker that was thought dead still reports of its
 * progress, this is the last word. @returns false when the export was cancelled meanwhile
 */
export const finishExport = command({
  name: 'exports.finish',
  input: z.strictObject({ export: zId, key: z.string(), sha256: z.string(), rows: z.int().min(0) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: because,
  async run({ tx, deps }, { export: id, key, sha256, rows }): Promise<boolean> {
    const kept = await tx.sql`
      UPDATE exports SET state = 'done', key = ${key}, sha256 = ${sha256}, rows = ${rows}, finished_at = ${deps.now()}, error = NULL
      WHERE id = ${id} AND state = 'running' RETURNING id`
    return kept.length > 0
  },
})
