import { z } from 'zod'
import { permitted } from '../access.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../audit-actions.ts'
import { query } from '../command.ts'
import { AUDIT_ACTION_NAMES } from './filter.ts'

/** Everything that is audited, for the choice of a filter. */
export const auditActions = query({
  name: 'audit.actions',
  input: z.strictObject({}),
  access: permitted('audit.read'),
  limit: 'read',
  tokens: 'never',
  run: async (): Promise<{ action: AuditAction; says: string }[]> =>
    AUDIT_ACTION_NAMES.map((action) => ({ action, says: AUDIT_ACTIONS[action] })),
})
