import { Queue as BullQueue, Worker } from 'bullmq'
import { onReturn, openRedis, openWorkerRedis } from '../redis.ts'
import { bullPrefix, type QueueConnection } from './open-queue.ts'
import { RETRY_MS, type Workers } from './run-workers.ts'
import { takeTurn } from './take-turn.ts'

/** What is done again and again, by name. All of a process's stand in one table. */
export type Schedule = Record<string, { everyMs: number; run: () => Promise<void> }>

const QUEUE = 'schedule'
const LOOK_MS = 60_000

/**
 * Runs each entry in one worker process at a time, however many there are. BullMQ queues the next
 * turn when one starts, so a turn that comes while the last is still running is left out; one that fails is logged,
 * and the next turn tries again.
 */
export async function runSchedule(schedule: Schedule, connection: QueueConnection): Promise<Workers> {
  const { redisUrl, redisPrefix, name, log } = connection
  const producer = await openRedis(redisUrl, { name: `${name}-schedule`, log })
  const consumer = openWorkerRedis(redisUrl, { name: `${name}-schedule-worker`, log })
  const prefix = bullPrefix(producer, redisPrefix, QUEUE)
  const queue = new BullQueue(QUEUE, { connection: producer, prefix, streams: { events: { maxLen: 100 } } })
  queue.on('error', () => {})

  // an entry of an older version, which nobody runs any more
  for (const { key } of await queue.getJobSchedulers())
    if (!(key in schedule)) await queue.removeJobScheduler(key)
  await plan(Object.keys(schedule))

  async function plan(entries: string[]): Promise<void> {
    for (const entry of entries)
      await queue.upsertJobScheduler(
        entry,
        { every: schedule[entry]!.everyMs },
        { name: entry, opts: { removeOnComplete: true, removeOnFail: true } },
      )
  }
  /** A Redis that comes back without its memory has forgotten the schedule too, and nobody would begin it again. */
  async function planForgotten(): Promise<void> {
    try {
      const known = new Set((await queue.getJobSchedulers()).map(({ key }) => key))
      const forgotten = Object.keys(schedule).filter((entry) => !known.has(entry))
      if (forgotten.length === 0) return
      await plan(forgotten)
      log.warn('redis had forgotten scheduled tasks; they are planned anew', { tasks: forgotten })
    } catch (error) {
      // away again: looked at when it is back, and every LOOK_MS
      if (producer.status === 'ready') log.error('the schedule could not be looked at', error)
    }
  }
  const planning = setInterval(planForgotten, LOOK_MS)
  planning.unref()
  const returning = onReturn(producer, planForgotten)

  const work = async ({ name: entry }: { name: string }) => {
    const task = schedule[entry]
    if (task) await takeTurn(producer, `${prefix}:turn:${entry}`, task.run)
  }
  const worker = new Worker(QUEUE, work, {
    connection: consumer,
    prefix,
    runRetryDelay: RETRY_MS,
    concurrency: Math.max(1, Object.keys(schedule).length),
  })
  worker.on('error', () => {})
  worker.on('failed', (job, error) => log.error('a scheduled task failed', error, { task: job?.name }))
  await worker.waitUntilReady()

  return {
    async close() {
      clearInterval(planning)
      returning()
      await worker.close()
      await queue.close()
      producer.disconnect()
      consumer.disconnect()
    },
  }
}
