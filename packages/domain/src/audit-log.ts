import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import { type Actor, addressOf } from './actor.ts'
import type { AuditAction } from './audit-actions.ts'

/** What an act leaves behind. `before` and `after` hold only what changed; never secrets, never message text. */
export type AuditRecord = {
  action: AuditAction
  entity: { kind: string; id: string; name?: string }
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
}

/** Who did it, when the actor of the command is not yet known to be somebody (signing in). */
export type Doer = { id: Id; name: string; session?: Id }

/** Writes in the transaction of the act: an act without its record does not happen. */
export async function writeAudit(
  tx: Pick<Tx, 'sql'>,
  id: Id,
  actor: Actor,
  record: AuditRecord & { by?: Doer; result?: 'done' | 'refused' },
): Promise<void> {
  const somebody = actor.kind === 'person' || actor.kind === 'token' ? actor : undefined
  const doer = record.by ?? somebody
  const name = doer?.name ?? (actor.kind === 'system' ? actor.name : 'not signed in')
  const session = record.by?.session ?? (actor.kind === 'person' ? actor.session : null)
  await tx.sql`
    INSERT INTO audit_events (id, action, actor_kind, actor_id, actor_name, entity_kind, entity_id, entity_name,
      before, after, address, session_id, result)
    VALUES (${id}, ${record.action}, ${record.by ? 'person' : actor.kind}, ${doer?.id ?? null}, ${name},
      ${record.entity.kind}, ${record.entity.id}, ${record.entity.name ?? ''},
      ${record.before ? JSON.stringify(record.before) : null}, ${record.after ? JSON.stringify(record.after) : null},
      ${addressOf(actor)}, ${session}, ${record.result ?? 'done'})`
}
