import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../../access.ts'
import { command } from '../../command.ts'
import { type ExportFormat, FORMATS } from './formats.ts'
import { expiredBefore } from './lifetime.ts'

/** How long the link can be used. */
const SECONDS = 60

export type Download = { url: string; name: string; format: ExportFormat; sha256: string }

/** A link to the file of an export. Every link given out is audited. */
export const downloadExport = command({
  name: 'exports.download',
  input: z.strictObject({ export: zId }),
  access: permitted('audit.export'),
  limit: 'export',
  tokens: 'never',
  audit: ({ input, result }: { input: { export: string }; result: Download }) => ({
    action: 'audit.export_downloaded',
    entity: { kind: 'export', id: input.export, name: result.name },
    after: { format: result.format, sha256: result.sha256 },
  }),
  async run({ tx, deps }, { export: id }): Promise<Download> {
    const [row] = await tx.sql<{ key: string; format: ExportFormat; sha256: string; finished_at: Date }>`
      SELECT key, format, sha256, finished_at FROM exports
      WHERE id = ${id} AND kind = 'audit' AND state = 'done' AND key IS NOT NULL AND created_at > ${expiredBefore(deps.now())}`
    if (!row)
      throw new ParleyError(
        'not_found',
        'This export is not ready, or it is past its seven days. Ask for a new one.',
      )
    const name = `audit-log-${row.finished_at.toISOString().slice(0, 10)}.${row.format}`
    const { type } = FORMATS[row.format]
    const url = await deps.blobs.downloadUrl(row.key, { seconds: SECONDS, name, type, inline: false })
    return { url, name, format: row.format, sha256: row.sha256 }
  },
})
