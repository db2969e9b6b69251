import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'
import { queueRun, startedAudit } from './queue-run.ts'

/** A scheduled run begins no sooner than this after the last run began. */
const EVERY_MS = 23 * 3_600_000

/** Queues the day's run, if anything may go at all. For the schedule, which may call it as often as it likes. */
export const planRetention = command({
  name: 'retention.plan',
  input: z.strictObject({}),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: ({ result }: { result: { begun: Id | null } }) =>
    result.begun ? startedAudit(result.begun, 'the schedule') : null,
  async run(context): Promise<{ begun: Id | null }> {
    const { tx, deps } = context
    const [due] = await tx.sql`
      SELECT 1 FROM retention_policies WHERE days IS NOT NULL
        AND NOT EXISTS (SELECT FROM retention_runs WHERE state IN ('queued', 'running'))
        AND NOT EXISTS (SELECT FROM retention_runs WHERE started_at > ${new Date(deps.now().getTime() - EVERY_MS)}) LIMIT 1`
    return { begun: due ? await queueRun(context, null) : null }
  },
})
