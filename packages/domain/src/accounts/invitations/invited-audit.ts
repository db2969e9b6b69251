import type { Id } from '@parley/protocol'
import type { AuditRecord } from '../../audit-log.ts'
import type { Role } from '../../permissions.ts'

export const invitedAudit = (one: { person: Id; name: string; email: string; role: Role }): AuditRecord => ({
  action: 'person.invited',
  entity: { kind: 'person', id: one.person, name: one.name },
  after: { email: one.email, role: one.role },
})
