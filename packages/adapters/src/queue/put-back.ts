import type { JobName } from '@parley/domain'
import type { Postponed } from '@parley/domain/postponed'
import type { Job } from 'bullmq'
import { retryDelay } from './job-table.ts'

/** Of one kind of job, in one process: enough to find out in time that what they wait for is there again. */
export const EARLY = 4

/**
 * Puts back what is postponed. A service may be away for days while tens of thousands of jobs need it: a handful come
 * back as soon as it is worth a try, each of the others waits longer every time, as if it had failed.
 */
export function puttingBack(name: JobName) {
  /** Those that come early, and until when they wait. */
  const early = new Map<string, number>()

  /** @returns whether the job may come early; a place is free again when its job has come, here or elsewhere */
  function isEarly(job: string, until: number, now: number): boolean {
    for (const [other, others] of early) if (other === job || others <= now) early.delete(other)
    if (early.size >= EARLY) return false
    early.set(job, until)
    return true
  }

  return async (job: Job, { ms, latestMs }: Postponed, token?: string): Promise<void> => {
    const now = Date.now()
    const waitMs = isEarly(job.id!, now + ms, now) ? ms : ms + retryDelay(name, postponements(job))
    await job.moveToDelayed(now + Math.min(waitMs, latestMs), token)
  }
}

/** Beginnings, the present one included, that neither ended as an attempt nor with their worker. */
const postponements = ({ attemptsStarted, attemptsMade, stalledCounter }: Job): number =>
  Math.max(1, attemptsStarted - attemptsMade - stalledCounter)
