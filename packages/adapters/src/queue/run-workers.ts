import type { JobName, Jobs } from '@parley/domain'
import { Postponed } from '@parley/domain/postponed'
import { ERRORS, type Id, isParleyError } from '@parley/protocol'
import { type Job as BullJob, DelayedError, UnrecoverableError, Worker } from 'bullmq'
import { openWorkerRedis } from '../redis.ts'
import { JOB_NAMES, retryDelay, WORK } from './job-table.ts'
import { bullPrefix, type QueueConnection } from './open-queue.ts'
import { puttingBack } from './put-back.ts'

export type Handlers = { [N in JobName]: (payload: Jobs[N]) => Promise<void> }
/** Runs the work of a job in a way that makes it last: see doJob() in packages/domain/src/outbox. */
export type Lasting = (job: { name: JobName; outbox: Id[] }, work: () => Promise<void>) => Promise<void>
export type Workers = {
  /** Takes no more jobs and waits for those under way, GRACE_MS at most; what is left is taken up by others. */
  close(): Promise<void>
}

const GRACE_MS = 10_000
/** After Redis refused, a worker asks again. */
export const RETRY_MS = 1_000
/** A worker that says nothing for this long is dead; its jobs go to another. */
const LOCK_MS = 60_000
/** How often a job may lose its worker (deploys, crashes) before it counts as the one that kills them. */
const LOST_WORKERS = 10

/**
 * The consuming side, for apps/worker. A handler that throws is tried again as its row of WORK says, except that an
 * error which a retry cannot mend (see ERRORS) fails the job at once, and Postponed puts it back and costs it no attempt.
 * Handlers may run twice: they must allow for it.
 */
export async function runWorkers(
  handlers: Handlers,
  lasting: Lasting,
  connection: QueueConnection,
): Promise<Workers> {
  const { redisUrl, redisPrefix, name, log } = connection
  const redis = openWorkerRedis(redisUrl, { name: `${name}-worker`, log })
  const workers = JOB_NAMES.map((job) => {
    const worker = new Worker(job, work(job, handlers, lasting), {
      connection: redis,
      prefix: bullPrefix(redis, redisPrefix, job),
      concurrency: WORK[job].concurrency,
      runRetryDelay: RETRY_MS,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: LOST_WORKERS,
      settings: { backoffStrategy: (made) => retryDelay(job, made) },
    })
    worker.on('error', () => {}) // the connection reports its own troubles, once
    worker.on('failed', (failed, error) =>
      log.error('a job failed', error.cause ?? error, {
        job,
        id: failed?.id,
        attempt: failed?.attemptsMade,
        of: failed?.opts.attempts,
      }),
    )
    worker.on('stalled', (id) => log.warn('a job lost its worker and begins again', { job, id }))
    return worker
  })
  await Promise.all(workers.map((worker) => worker.waitUntilReady()))

  return {
    async close() {
      const graceful = Promise.all(workers.map((worker) => worker.close()))
      if (!(await settledWithin(GRACE_MS, graceful))) {
        log.warn('jobs were still under way when the worker had to end; others take them up')
        await Promise.allSettled(workers.map((worker) => worker.close(true)))
      }
      redis.disconnect()
    },
  }
}

type Queued<N extends JobName> = { payload: Jobs[N]; outbox: Id[] }

function work<N extends JobName>(name: N, handlers: Handlers, lasting: Lasting) {
  const putBack = puttingBack(name)
  return async (job: BullJob<Queued<N> | Jobs[N]>, token?: string): Promise<void> => {
    const { data } = job
    try {
      if ('outbox' in data) await lasting({ name, outbox: data.outbox }, () => handlers[name](data.payload))
      // of a version before, which waited for nothing but the queue
      else await handlers[name](data)
    } catch (error) {
      if (error instanceof Postponed) {
        await putBack(job, error, token)
        throw new DelayedError()
      }
      if (isParleyError(error) && !ERRORS[error.code].retry)
        throw Object.assign(new UnrecoverableError(error.code), { cause: error })
      throw error
    }
  }
}

/** @returns whether it did */
async function settledWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
