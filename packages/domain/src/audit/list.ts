import { eventsBefore } from '@parley/db/queries/audit/list-events'
import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { type AuditEvent, toEvent } from './event.ts'
import { type AuditQuestion, toFilter, zAuditFilter } from './filter.ts'

const PAGE = 50
type Input = { filter?: AuditQuestion | undefined; cursor?: Id | undefined; limit?: number | undefined }
export type AuditPage = { items: AuditEvent[]; next: Id | null }

/** The audit log, newest first, in pages of at most 200. That it was read stands in it, too. */
export const listAudit = query({
  name: 'audit.list',
  input: z.strictObject({
    filter: zAuditFilter.optional(),
    /** The `next` of the page before. */
    cursor: zId.optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  access: permitted('audit.read'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ input, result }: { input: Input; result: AuditPage }) => ({
    action: 'audit.read',
    entity: { kind: 'audit', id: 'audit', name: 'audit log' },
    after: { filter: input.filter ?? {}, events: result.items.length },
  }),
  async run({ tx }, { filter = {}, cursor, limit = PAGE }: Input): Promise<AuditPage> {
    const rows = await eventsBefore(tx.connection, toFilter(filter), cursor ?? null, limit + 1)
    const items = rows.slice(0, limit).map(toEvent)
    return { items, next: rows.length > limit ? items.at(-1)!.id : null }
  },
})
