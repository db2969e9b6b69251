import type { AuditRow } from '@parley/db/queries/audit/list-events'
import type { Id } from '@parley/protocol'
import { AUDIT_ACTIONS, type AuditAction } from '../audit-actions.ts'

export type AuditEvent = {
  id: Id
  /** Unix milliseconds. */
  at: number
  action: AuditAction
  /** Reads as: actor, this, entity. */
  says: string
  actor: { kind: AuditRow['actor_kind']; id: Id | null; name: string }
  entity: { kind: string; id: string; name: string }
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  address: string
  session: Id | null
  result: 'done' | 'refused'
}

export const toEvent = (row: AuditRow): AuditEvent => ({
  id: row.id,
  at: row.at.getTime(),
  action: row.action as AuditAction,
  // an action of a later version, after going back to this one
  says: AUDIT_ACTIONS[row.action as AuditAction] ?? row.action,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  entity: { kind: row.entity_kind, id: row.entity_id, name: row.entity_name },
  before: row.before,
  after: row.after,
  address: row.address,
  session: row.session_id,
  result: row.result,
})
