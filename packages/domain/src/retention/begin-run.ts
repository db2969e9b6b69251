import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'
import { readProgress } from './progress.ts'

const count = z.int().min(0)

/** A queued run begins, once; what is expected to go was counted before. @returns what the store may still hold of it */
export const beginRun = command({
  name: 'retention.begin',
  input: z.strictObject({
    run: zId,
    expected: z.strictObject({ messages: count, threads: count, files: count, bytes: count }),
  }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: {
    none: 'that it was started is recorded where it is queued, and what it removed when it is finished',
  },
  async run({ tx }, { run, expected }): Promise<string[]> {
    await tx.sql`
      UPDATE retention_runs SET state = 'running', progress = progress || ${JSON.stringify({ expected })}::jsonb
      WHERE id = ${run} AND state = 'queued'`
    const [row] = await tx.sql<{ progress: unknown }>`SELECT progress FROM retention_runs WHERE id = ${run}`
    return row ? readProgress(row.progress).blobs : []
  },
})
