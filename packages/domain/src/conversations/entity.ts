import type { AuditRecord } from '../audit-log.ts'

/** A conversation as the audit log names it. */
export const entityOf = ({ id, name }: { id: string; name: string | null }): AuditRecord['entity'] => ({
  kind: 'conversation',
  id,
  name: name ?? '',
})
