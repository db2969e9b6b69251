import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../../access.ts'
import { query } from '../../command.ts'
import type { AuditQuestion } from '../filter.ts'
import type { ExportFormat } from './formats.ts'
import { expiryOf } from './lifetime.ts'

const PAGE = 20

/** Times in Unix milliseconds. `rows` of `total` are written. */
export type ExportRow = {
  id: Id
  format: ExportFormat
  filter: AuditQuestion
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'
  rows: number
  total: number
  sha256: string | null
  error: string | null
  requestedBy: { id: Id; name: string }
  createdAt: number
  finishedAt: number | null
  expiresAt: number
}
type Stored = Pick<ExportRow, 'id' | 'format' | 'filter' | 'rows' | 'total' | 'sha256' | 'error'> & {
  state: Exclude<ExportRow['state'], 'expired'>
  key: string | null
  requested_by: Id
  by_name: string | null
  created_at: Date
  finished_at: Date | null
}

/** Exports of the audit log, newest first. */
export const listExports = query({
  name: 'exports.list',
  input: z.strictObject({ cursor: zId.optional() }),
  access: permitted('audit.export'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }, { cursor }): Promise<{ items: ExportRow[]; next: Id | null }> {
    const rows = await tx.sql<Stored>`
      SELECT e.id, e.format, e.filter, e.state, e.rows, e.total, e.sha256, e.error, e.key, e.requested_by, p.name AS by_name,
        e.created_at, e.finished_at
      FROM exports e LEFT JOIN people p ON p.id = e.requested_by
      WHERE e.kind = 'audit' AND (${cursor ?? null}::bigint IS NULL OR e.id < ${cursor ?? null}::bigint)
      ORDER BY e.id DESC LIMIT ${PAGE + 1}`
    const items = rows.slice(0, PAGE).map(toRow)
    return { items, next: rows.length > PAGE ? items.at(-1)!.id : null }
  },
})

const toRow = ({ key, requested_by, by_name, created_at, finished_at, ...row }: Stored): ExportRow => ({
  ...row,
  state: row.state === 'done' && key === null ? 'expired' : row.state,
  requestedBy: { id: requested_by, name: by_name ?? '' },
  createdAt: created_at.getTime(),
  finishedAt: finished_at?.getTime() ?? null,
  expiresAt: expiryOf(created_at).getTime(),
})
