import type { JobName } from '@parley/domain'

/** How one kind of job is worked on. */
export type Work = {
  /** At once, in one worker process. */
  concurrency: number
  /** In all, the first included; after that the outbox relay hands it out anew. The wait doubles from `firstRetryMs` to `slowestRetryMs`, less up to a fifth. */
  attempts: number
  firstRetryMs: number
  slowestRetryMs: number
  /** Those that failed for good stay to be looked at, at most FAILED_KEPT, for this long. */
  failedHours: number
}

export const FAILED_KEPT = 1_000
/** Jobs carry ids; the longest are the mails. */
export const PAYLOAD_BYTES = 1_048_576

const minute = 60_000

export const WORK = {
  'messages.changed': {
    concurrency: 8,
    attempts: 20,
    firstRetryMs: 500,
    slowestRetryMs: 5 * minute,
    failedHours: 168,
  },
  'notification.deliver': {
    concurrency: 32,
    attempts: 8,
    firstRetryMs: 2_000,
    slowestRetryMs: 10 * minute,
    failedHours: 168,
  },
  'file.process': {
    concurrency: 2,
    attempts: 6,
    firstRetryMs: 2_000,
    slowestRetryMs: 5 * minute,
    failedHours: 168,
  },
  'retention.run': {
    concurrency: 1,
    attempts: 12,
    firstRetryMs: 5_000,
    slowestRetryMs: 10 * minute,
    failedHours: 168,
  },
  'export.make': {
    concurrency: 1,
    attempts: 8,
    firstRetryMs: 5_000,
    slowestRetryMs: 5 * minute,
    failedHours: 168,
  },
  // a mail may carry a link that lets somebody in: it does not lie about for long
  'mail.send': {
    concurrency: 4,
    attempts: 12,
    firstRetryMs: 5_000,
    slowestRetryMs: 30 * minute,
    failedHours: 24,
  },
} as const satisfies Record<JobName, Work>

export const JOB_NAMES = Object.keys(WORK) as JobName[]

/** The wait before the next attempt, after `made` of them. */
export function retryDelay(name: JobName, made: number): number {
  const { firstRetryMs, slowestRetryMs } = WORK[name]
  return Math.round(Math.min(firstRetryMs * 2 ** (made - 1), slowestRetryMs) * (0.8 + Math.random() * 0.2))
}
