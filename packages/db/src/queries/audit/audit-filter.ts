import type { Id } from '@parley/protocol'

/** Which audit events are meant; what is left out is not asked for. Times in Unix milliseconds, `to` exclusive. */
export type AuditFilter = {
  actor?: Id | undefined
  actions?: string[] | undefined
  entity?: { kind: string; id?: string | undefined } | undefined
  result?: 'done' | 'refused' | undefined
  from?: number | undefined
  to?: number | undefined
  /** Somewhere in the action, as it is or in words, the names of who did it and what it was done to, the address, or the entity's id; a LIKE pattern. */
  text?: string | undefined
  /** Reads of the log itself are left out unless asked for. */
  reads?: boolean | undefined
}

/** Speaks of $1 to $9: see `auditValues`. */
export const AUDIT_WHERE = `($1::bigint IS NULL OR actor_id = $1)
  AND ($2::text[] IS NULL OR action = ANY ($2))
  AND ($3::text IS NULL OR entity_kind = $3) AND ($4::text IS NULL OR entity_id = $4)
  AND ($5::text IS NULL OR result = $5)
  AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7)
  AND ($8::text IS NULL OR actor_name ILIKE $8 OR entity_name ILIKE $8 OR entity_id ILIKE $8 OR address ILIKE $8
    OR action ILIKE $8 OR translate(action, '._', '  ') ILIKE $8)
  AND ($9::boolean OR action <> 'audit.read')`

export const auditValues = (f: AuditFilter): unknown[] => [
  f.actor ?? null,
  f.actions ?? null,
  f.entity?.kind ?? null,
  f.entity?.id ?? null,
  f.result ?? null,
  f.from === undefined ? null : new Date(f.from),
  f.to === undefined ? null : new Date(f.to),
  f.text ?? null,
  f.reads || f.actions?.includes('audit.read') || false,
]
