import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { type Counts, readProgress } from './progress.ts'
import { runEntity } from './queue-run.ts'

/** Stops a run after its current step. What has gone stays gone. */
export const cancelRun = command({
  name: 'retention.cancelRun',
  input: z.strictObject({ run: zId }),
  access: permitted('retention.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ input, result }: { input: { run: string }; result: Counts }) => ({
    action: 'retention.run_cancelled',
    entity: runEntity(input.run),
    after: result,
  }),
  async run({ tx, deps }, { run }): Promise<Counts> {
    const [row] = await tx.sql<{ progress: unknown }>`
      UPDATE retention_runs SET state = 'cancelled', finished_at = ${deps.now()}
      WHERE id = ${run} AND state IN ('queued', 'running') RETURNING progress`
    if (!row) throw new ParleyError('conflict', 'This run is over already.')
    return readProgress(row.progress).gone
  },
})
