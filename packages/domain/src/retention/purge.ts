import type { Tx } from '@parley/db'
import { lockConversation } from '@parley/db/queries/lock-conversation'
import { nextConversation } from '@parley/db/queries/retention/next-conversation'
import { removeOrphans } from '@parley/db/queries/retention/remove-orphans'
import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command, type Run } from '../command.ts'
import { cutoffIn, cutoffsOf } from './cutoffs.ts'
import { type Policies, readPolicies } from './policies.ts'
import { type Progress, plus, readProgress } from './progress.ts'
import { expireAboveFloor, removeBelowFloor } from './purge-step.ts'
import { runEntity } from './queue-run.ts'

type HeldRun = { id: Id; state: string; startedAt: Date; progress: Progress }
export type Purged = {
  /** Nothing is left to do. */
  over: boolean
  /** Objects that the store still holds, now that their files are gone. */
  blobs: string[]
  finished: Progress | null
}

/**
 * One step of a run: what goes, and how far the run is, in one transaction. `removed`: objects that the caller has
 * removed from the store meanwhile. Interrupted between two steps, a run goes on with the next.
 */
export const purge = command({
  name: 'retention.purge',
  input: z.strictObject({ run: zId, removed: z.array(z.string()) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: ({ input, result }: { input: { run: Id }; result: Purged }) =>
    result.finished && {
      action: 'retention.run_finished',
      entity: runEntity(input.run),
      after: { ...result.finished.gone, conversations: result.finished.conversations },
    },
  async run(context, input): Promise<Purged> {
    const { tx, deps } = context
    const run = await hold(tx, input.run)
    const removed = new Set(input.removed)
    run.progress.blobs = run.progress.blobs.filter((key) => !removed.has(key))
    let over = run.state !== 'running'
    let finished: Progress | null = null
    if (!over && !(await takeStep(context, run)) && run.progress.blobs.length === 0) {
      over = true
      finished = run.progress
      await finish(tx, run, await readPolicies(tx.sql), deps.now())
    }
    await tx.sql`UPDATE retention_runs SET progress = ${JSON.stringify(run.progress)}, error = NULL WHERE id = ${run.id}`
    return { over, blobs: run.progress.blobs, finished }
  },
})

async function hold(tx: Tx, id: Id): Promise<HeldRun> {
  const [row] = await tx.sql<{ state: string; started_at: Date; progress: unknown }>`
    SELECT state, started_at, progress FROM retention_runs WHERE id = ${id} FOR UPDATE`
  if (!row) throw new ParleyError('not_found', 'There is no such retention run.')
  return { id, state: row.state, startedAt: row.started_at, progress: readProgress(row.progress) }
}

/** The policies are read for each step, so that what somebody decides to keep meanwhile is kept. @returns false at the end */
async function takeStep(context: Pick<Run<unknown>, 'tx' | 'tell'>, run: HeldRun): Promise<boolean> {
  const { tx } = context
  const { progress, startedAt } = run
  const policies = await readPolicies(tx.sql)
  if (!progress.at) {
    const conversation = await nextConversation(
      tx.connection,
      cutoffsOf(startedAt, policies),
      progress.through,
    )
    if (!conversation) return false
    progress.at = { conversation, expired: null }
  }
  const { conversation, expired } = progress.at
  const cutoff = cutoffIn(startedAt, policies, conversation)
  await lockConversation(tx.sql, conversation)
  const below = cutoff && expired === null ? await removeBelowFloor(context, conversation, cutoff) : null
  const above =
    cutoff && !below ? await expireAboveFloor(context, conversation, cutoff, expired ?? '0') : null
  const step = below ?? above
  if (!step) {
    if (cutoff) await removeOrphans(tx.sql, conversation, cutoff)
    progress.through = conversation
    progress.conversations += 1
    progress.at = null
    return true
  }
  progress.at.expired = above?.after ?? null
  progress.gone = plus(progress.gone, step.counts)
  progress.blobs.push(
    ...step.files.flatMap(({ key, thumbnailKey }) => [key, ...(thumbnailKey ? [thumbnailKey] : [])]),
  )
  return true
}

/** What was destroyed, under which rules: kept with the run, whatever becomes of policies and channels later. */
async function finish(tx: Tx, run: HeldRun, policies: Policies, now: Date): Promise<void> {
  const certificate = {
    ...run.progress.gone,
    conversations: run.progress.conversations,
    days: policies.organisation,
    own: Object.fromEntries(policies.own),
    before: run.startedAt.toISOString(),
  }
  await tx.sql`
    UPDATE retention_runs SET state = 'done', finished_at = ${now}, certificate = ${JSON.stringify(certificate)} WHERE id = ${run.id}`
}
