import type { Id } from '@parley/protocol'
import type { AuditRecord, Doer } from '../audit-log.ts'
import type { Refusal } from '../refusal.ts'
import type { SessionMethod } from '../sessions/start-session.ts'

export type SignInRefusal = Refusal<{
  person: { id: Id; name: string } | null
  email: string
  /** `locked`, `wrong credentials`, or the status that does not let them in. */
  reason: string
  lockedUntil?: Date | null
}>
type Audited = AuditRecord & { by?: Doer; result?: 'done' | 'refused' }

/** A session began: by the person whose it is. */
export function startedAudit(
  started: { person: Id; name: string; session: Id; deviceId: Id },
  method: SessionMethod,
): Audited {
  return {
    action: 'session.started',
    by: { id: started.person, name: started.name, session: started.session },
    entity: { kind: 'person', id: started.person, name: started.name },
    after: { method, session: started.session, device: started.deviceId },
  }
}

/** Nobody was let in: who they said they are, why not, and whether that address must wait from now on. */
export function refusedAudit({ person, email, reason, lockedUntil }: SignInRefusal['about']): Audited[] {
  const entity = { kind: 'person', id: person?.id ?? '', name: person?.name ?? email }
  const refused = { action: 'session.refused', entity, after: { reason }, result: 'refused' } as const
  if (!lockedUntil) return [refused]
  return [refused, { action: 'person.locked', entity, after: { until: lockedUntil.toISOString() } }]
}
