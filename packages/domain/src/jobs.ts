import type { Id } from '@parley/protocol'

/** Work for the worker: ids in the payload, one call in the handler. */
export type Jobs = {
  /** Messages with a version in [from, to] of a conversation are new or changed: index, notify. */
  'messages.changed': { changes: [conversation: Id, from: number, to: number][] }
  'notification.deliver': { notification: Id }
  'file.process': { file: Id }
  'retention.run': { run: Id }
  'export.make': { export: Id }
  'mail.send': { to: string; subject: string; text: string; html?: string }
}
export type JobName = keyof Jobs
/** `delayMs`: to be done no sooner. */
export type Job = { [N in JobName]: { name: N; payload: Jobs[N]; delayMs?: number } }[JobName]
/** `outbox`: the rows that are removed once it is done. As long as one is there, it may be handed out again. */
export type HandedJob = Job & { outbox: Id[] }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How PostgreSQL keeps a job that is not done. Times in milliseconds. */
export type Keeping = {
  /** One that failed again and again is given up after this long. */
  forMs: number
  /** Two workers must not be at it at once: whoever begins has this long before it is handed out to another. */
  alone: number | null
}
export const KEEPING = {
  'messages.changed': { forMs: 7 * DAY_MS, alone: null },
  // the notification itself says who is at it
  'notification.deliver': { forMs: 7 * DAY_MS, alone: null },
  'file.process': { forMs: 7 * DAY_MS, alone: 10 * 60_000 },
  // each step is under the lock of its run
  'retention.run': { forMs: 30 * DAY_MS, alone: HOUR_MS },
  'export.make': { forMs: 7 * DAY_MS, alone: HOUR_MS },
  // a mail may carry a link that lets somebody in: it does not lie about for long
  'mail.send': { forMs: DAY_MS, alone: 5 * 60_000 },
} as const satisfies Record<JobName, Keeping>
