import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../../access.ts'
import { command } from '../../command.ts'
import { type AuditQuestion, zAuditFilter } from '../filter.ts'
import type { ExportFormat } from './formats.ts'

type Input = { format: ExportFormat; filter: AuditQuestion }

/** Has a file made of what the filter lets through. It is kept for EXPORT_DAYS. */
export const requestExport = command({
  name: 'exports.request',
  input: z.strictObject({ format: z.enum(['csv', 'jsonl']), filter: zAuditFilter }),
  access: permitted('audit.export'),
  limit: 'export',
  tokens: 'never',
  audit: ({ input, result }: { input: Input; result: { export: Id } }) => ({
    action: 'audit.exported',
    entity: { kind: 'export', id: result.export, name: 'audit log' },
    after: { format: input.format, filter: input.filter },
  }),
  async run({ tx, scope, deps, tell }, { format, filter }: Input): Promise<{ export: Id }> {
    const id = deps.newId()
    await tx.sql`
      INSERT INTO exports (id, kind, format, filter, requested_by, created_at)
      VALUES (${id}, 'audit', ${format}, ${JSON.stringify(filter)}, ${scope.me.id}, ${deps.now()})`
    tell.job({ name: 'export.make', payload: { export: id } })
    return { export: id }
  },
})
