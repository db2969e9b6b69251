import { type Id, ParleyError, timeOf } from '@parley/protocol'
import type { Run } from '../command.ts'

/**
 * Queues a run, unless one is under way.
 * @throws ParleyError('conflict')
 */
export async function queueRun(
  { tx, deps, tell }: Pick<Run<unknown>, 'tx' | 'deps' | 'tell'>,
  startedBy: Id | null,
): Promise<Id> {
  await tx.sql`SELECT pg_advisory_xact_lock(hashtext('retention_runs'))`
  const [active] = await tx.sql`SELECT id FROM retention_runs WHERE state IN ('queued', 'running')`
  if (active) throw new ParleyError('conflict', 'A run is under way already. Wait for it, or cancel it.')
  const run = deps.newId()
  await tx.sql`
    INSERT INTO retention_runs (id, started_by, started_at) VALUES (${run}, ${startedBy}, ${deps.now()})`
  tell.job({ name: 'retention.run', payload: { run } })
  return run
}

/** A run is called by when it began. */
export const runEntity = (run: Id) => ({
  kind: 'retention_run',
  id: run,
  name: `of ${new Date(timeOf(run)).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
})

export const startedAudit = (run: Id, by: 'a person' | 'the schedule') =>
  ({
    action: 'retention.run_started',
    entity: runEntity(run),
    after: { by },
  }) as const
