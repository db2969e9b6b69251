import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'
import { AUDIT_WHERE, type AuditFilter, auditValues } from './audit-filter.ts'

export type AuditRow = {
  id: Id
  at: Date
  action: string
  actor_kind: 'person' | 'token' | 'system' | 'anonymous'
  actor_id: Id | null
  actor_name: string
  entity_kind: string
  entity_id: string
  entity_name: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  address: string
  session_id: Id | null
  result: 'done' | 'refused'
}

const COLUMNS =
  'id, at, action, actor_kind, actor_id, actor_name, entity_kind, entity_id, entity_name, before, after, address, session_id, result'

/** Events before the one named, newest first. */
export async function eventsBefore(
  connection: Queryable,
  filter: AuditFilter,
  before: Id | null,
  limit: number,
): Promise<AuditRow[]> {
  const { rows } = await connection.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit_events WHERE ${AUDIT_WHERE} AND ($10::bigint IS NULL OR id < $10) ORDER BY id DESC LIMIT $11`,
    [...auditValues(filter), before, limit],
  )
  return rows
}

/** Events after one and up to another, oldest first. */
export async function eventsAfter(
  connection: Queryable,
  filter: AuditFilter,
  { after, through, limit }: { after: Id; through: Id; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await connection.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit_events WHERE ${AUDIT_WHERE} AND id > $10 AND id <= $11 ORDER BY id LIMIT $12`,
    [...auditValues(filter), after, through, limit],
  )
  return rows
}

/** How many there are, and the id of the newest (null when there is none). */
export async function countEvents(
  connection: Queryable,
  filter: AuditFilter,
): Promise<{ total: number; newest: Id | null }> {
  const { rows } = await connection.query<{ total: number; newest: Id | null }>(
    `SELECT count(*)::int AS total, max(id) AS newest FROM audit_events WHERE ${AUDIT_WHERE}`,
    auditValues(filter),
  )
  return rows[0]!
}
