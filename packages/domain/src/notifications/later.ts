import type { Id } from '@parley/protocol'
import type { Job } from '../jobs.ts'
import type { Settings } from '../settings/definitions.ts'
import type { Step } from './steps.ts'

/** When what no device was told of goes by e-mail, in Unix milliseconds. */
export const mailAt = (plannedAt: Date, settings: Settings): number =>
  plannedAt.getTime() + settings['notifications.mailMinutes'] * 60_000

/** The job that looks again when it is time for an e-mail. */
export function laterByMail(
  notification: Id,
  plannedAt: Date,
  settings: Settings,
  now: Date,
): { job: Job; step: Step } {
  const until = mailAt(plannedAt, settings)
  return {
    job: {
      name: 'notification.deliver',
      payload: { notification },
      delayMs: Math.max(0, until - now.getTime()),
    },
    step: { at: now.getTime(), step: 'mail later', until },
  }
}
