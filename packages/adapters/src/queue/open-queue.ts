import type { HandedJob } from '@parley/domain'
import type { Log, Queue } from '@parley/domain/ports'
import { Queue as BullQueue, type JobsOptions } from 'bullmq'
import { closeRedis, openRedis, type Redis } from '../redis.ts'
import { FAILED_KEPT, JOB_NAMES, PAYLOAD_BYTES, WORK } from './job-table.ts'

export type QueueConnection = { redisUrl: string; redisPrefix: string; name: string; log: Log }

/**
 * BullMQ's keys stand beside ours, under the installation's prefix. On a Cluster those of one queue share a slot, for
 * its scripts take several at once, and queues lie apart.
 */
export const bullPrefix = (redis: Redis, redisPrefix: string, queue: string): string =>
  redis.isCluster ? `${redisPrefix}bull:{${queue}}` : `${redisPrefix}bull`

/**
 * The producing side: one BullMQ queue per kind of job, over one connection that fails fast while Redis is away.
 * The outbox rows of a job are BullMQ's deduplication id, which is free again once the job is done or has failed for
 * good; a BullMQ job id would not be, and may be no number.
 */
export async function openQueue(connection: QueueConnection): Promise<Queue & { close(): Promise<void> }> {
  const { redisUrl, redisPrefix, name, log } = connection
  const redis = await openRedis(redisUrl, { name: `${name}-queue`, log })
  const queues = new Map(
    JOB_NAMES.map((job) => {
      const queue = new BullQueue(job, {
        connection: redis,
        prefix: bullPrefix(redis, redisPrefix, job),
        streams: { events: { maxLen: 100 } },
      })
      // the connection reports its own troubles, once
      queue.on('error', () => {})
      return [job, queue]
    }),
  )

  return {
    async add(jobs) {
      const byName = Map.groupBy(jobs, (job) => job.name)
      await Promise.all(
        [...byName].map(([job, some]) =>
          queues.get(job)!.addBulk(
            some.map((one) => ({
              name: job,
              data: { payload: one.payload, outbox: one.outbox },
              opts: optionsOf(one),
            })),
          ),
        ),
      )
    },
    async counts() {
      const counted = JOB_NAMES.map(async (job) => {
        const { waiting, prioritized, active, delayed, failed } = (await queues
          .get(job)!
          .getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed')) as Record<string, number>
        return [
          job,
          {
            waiting: (waiting ?? 0) + (prioritized ?? 0),
            active: active ?? 0,
            delayed: delayed ?? 0,
            failed: failed ?? 0,
          },
        ] as const
      })
      return Object.fromEntries(await Promise.all(counted))
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close().catch(() => {})))
      await closeRedis(redis)
    },
  }
}

function optionsOf({ name, delayMs, outbox }: HandedJob): JobsOptions {
  const { attempts, failedHours } = WORK[name]
  return {
    attempts,
    backoff: { type: 'doubling' },
    removeOnComplete: true,
    removeOnFail: { count: FAILED_KEPT, age: failedHours * 3_600 },
    sizeLimit: PAYLOAD_BYTES,
    stackTraceLimit: 1,
    ...(delayMs ? { delay: delayMs } : {}),
    deduplication: { id: `${outbox[0]}-${outbox.length}` },
  }
}
