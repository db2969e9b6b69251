import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'

/** `days` null keeps for ever. Times in Unix milliseconds. */
type Changed = { days: number | null; changedAt: number; changedBy: { id: Id; name: string } }
export type ChannelPolicy = Changed & {
  conversation: { id: Id; name: string; kind: 'private' | 'public'; archived: boolean }
}
export type PolicyList = {
  /** Null until somebody has set it: then everything is kept. */
  organisation: Changed | null
  channels: ChannelPolicy[]
}

type Row = {
  days: number | null
  updated_at: Date
  updated_by: Id
  by_name: string | null
  id: Id | null
  name: string
  kind: 'private' | 'public'
  archived: boolean
}

/** The organisation's retention, and the channels that have their own. */
export const listPolicies = query({
  name: 'retention.policies',
  input: z.strictObject({}),
  access: permitted('retention.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }): Promise<PolicyList> {
    const rows = await tx.sql<Row>`
      SELECT r.days, r.updated_at, r.updated_by, p.name AS by_name, c.id, c.name, c.kind, c.archived_at IS NOT NULL AS archived
      FROM retention_policies r LEFT JOIN people p ON p.id = r.updated_by LEFT JOIN conversations c ON c.id = r.conversation_id
      WHERE r.conversation_id IS NULL OR c.id IS NOT NULL
      ORDER BY lower(c.name), c.id`
    const changed = (row: Row): Changed => ({
      days: row.days,
      changedAt: row.updated_at.getTime(),
      changedBy: { id: row.updated_by, name: row.by_name ?? '' },
    })
    const organisation = rows.find((row) => row.id === null)
    return {
      organisation: organisation ? changed(organisation) : null,
      channels: rows.flatMap(({ id, name, kind, archived, ...row }) =>
        id
          ? [{ ...changed({ ...row, id, name, kind, archived }), conversation: { id, name, kind, archived } }]
          : [],
      ),
    }
  },
})
