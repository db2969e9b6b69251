import { setTimeout as sleep } from 'node:timers/promises'
import { previewRetention } from '@parley/db/queries/retention/preview'
import type { Id } from '@parley/protocol'
import { perform } from '../command.ts'
import type { Deps } from '../deps.ts'
import { beginRun } from './begin-run.ts'
import { cutoffsOf } from './cutoffs.ts'
import { readPolicies } from './policies.ts'
import { type Purged, purge } from './purge.ts'

const worker = { kind: 'system', name: 'retention' } as const

/** The longest rest between two steps. */
const REST_MS = 250

/**
 * Removes everything that is past its retention: the handler of the job `retention.run`. May be run again, and by two
 * at once: each step is a transaction of its own under the lock of the run, and a run that is over is left as it is.
 * Objects leave the store after the commit that removed their files; until then the run remembers them.
 * @throws what the database or the store throws; the job is then tried again
 */
export async function runRetention(deps: Deps, { run }: { run: Id }): Promise<void> {
  try {
    let purged: Purged = { over: false, blobs: await begin(deps, run), finished: null }
    do {
      const began = performance.now()
      await deps.blobs.remove(purged.blobs)
      purged = await perform(purge, worker, { run, removed: purged.blobs }, deps)
      // Half of the time belongs to those who write meanwhile.
      await sleep(Math.min(performance.now() - began, REST_MS))
    } while (!purged.over || purged.blobs.length > 0)
  } catch (e) {
    await deps.db.sql`
      UPDATE retention_runs SET error = 'A step failed and is tried again. The worker''s log says why.' WHERE id = ${run}`
    throw e
  }
}

async function begin(deps: Deps, run: Id): Promise<string[]> {
  const [row] = await deps.db.sql<{ started_at: Date }>`
    SELECT started_at FROM retention_runs WHERE id = ${run} AND state = 'queued'`
  const none = { messages: 0, threads: 0, files: 0, bytes: 0 }
  if (!row) return perform(beginRun, worker, { run, expected: none }, deps)
  const cutoffs = cutoffsOf(row.started_at, await readPolicies(deps.db.sql))
  const { messages, threads, files, bytes } = (await previewRetention(deps.db.connection, cutoffs)).all
  return perform(beginRun, worker, { run, expected: { messages, threads, files, bytes } }, deps)
}
