import type { TestDeps } from './deps.ts'

export type Recorded = {
  action: string
  actor_name: string
  entity_name: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  result: string
}

/** The audit log from its beginning, or those events of it. */
export const auditLog = ({ db }: Pick<TestDeps, 'db'>, action: string | null = null): Promise<Recorded[]> =>
  db.sql<Recorded>`
    SELECT action, actor_name, entity_name, before, after, result FROM audit_events
    WHERE ${action}::text IS NULL OR action = ${action} ORDER BY id`
