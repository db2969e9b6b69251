/** Work for later: producers add jobs, worker processes run them. BullMQ stands behind it, the outbox makes it last. */
export { openQueue, type QueueConnection } from './open-queue.ts'
export { runSchedule, type Schedule } from './run-schedule.ts'
export { type Handlers, runWorkers, type Workers } from './run-workers.ts'
