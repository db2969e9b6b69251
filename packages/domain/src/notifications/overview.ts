import type { NotificationReason } from '@parley/db/queries/notifications/whom-to-tell'
import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import type { Queue } from '../ports.ts'
import { orNull } from '../unknown.ts'
import { readSteps, type State, type Step } from './steps.ts'

const HOUR_MS = 3_600_000
const HOURS = 24
const MOST = 50

/** What became of the notifications that were planned in one hour. `at`: its beginning, Unix milliseconds. */
export type Hour = {
  at: number
  pushed: number
  mailed: number
  withdrawn: number
  failed: number
  waiting: number
}
/** Names no conversation: who may see this page may not see them all. */
export type Trouble = {
  id: Id
  at: number
  person: { id: Id; name: string }
  reason: NotificationReason
  state: State
  steps: Step[]
}
export type NotificationsOverview = {
  push: { configured: boolean; devices: number; people: number }
  /** Jobs by kind; null when the queue does not answer. */
  queues: Awaited<ReturnType<Queue['counts']>> | null
  /** The last 24 hours, oldest first, without gaps. */
  hours: Hour[]
  /** Notifications of the same time that failed, or that a device could not be told of; newest first. */
  troubles: Trouble[]
}

/** How notifications go out: what is set up, what waits, what went and what did not. */
export const notificationsOverview = query({
  name: 'notifications.overview',
  input: z.strictObject({}),
  access: permitted('notifications.read'),
  limit: 'administration',
  tokens: 'never',
  async run({ tx, deps }): Promise<NotificationsOverview> {
    const now = deps.now().getTime()
    const first = Math.floor(now / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS
    const from = new Date(first)
    // asked meanwhile: it may take its time to say nothing
    const queues = orNull('the queue', () => deps.queue.counts(), deps)
    const [devices] = await tx.sql<{ devices: number; people: number }>`
      SELECT count(*)::int AS devices, count(DISTINCT person_id)::int AS people FROM devices WHERE push_token IS NOT NULL`
    const counted = await tx.sql<Omit<Hour, 'at'> & { hour: Date }>`
      SELECT date_trunc('hour', created_at, 'UTC') AS hour,
        count(*) FILTER (WHERE state = 'delivered' AND NOT steps @> '[{"step":"mailed"}]')::int AS pushed,
        count(*) FILTER (WHERE state = 'delivered' AND steps @> '[{"step":"mailed"}]')::int AS mailed,
        count(*) FILTER (WHERE state = 'withdrawn')::int AS withdrawn,
        count(*) FILTER (WHERE state = 'failed')::int AS failed,
        count(*) FILTER (WHERE state IN ('waiting', 'delivering'))::int AS waiting
      FROM notifications WHERE created_at >= ${from} GROUP BY 1`
    const troubles = await tx.sql<Omit<Trouble, 'person' | 'at' | 'steps'> & Named>`
      SELECT n.id, n.created_at, n.person_id, p.name AS person_name, n.reason, n.state, n.steps
      FROM notifications n JOIN people p ON p.id = n.person_id
      WHERE n.created_at >= ${from} AND (n.state = 'failed' OR n.steps @> '[{"step":"push failed"}]' OR n.steps @> '[{"step":"token dropped"}]')
      ORDER BY n.created_at DESC, n.id DESC LIMIT ${MOST}`
    const byHour = new Map(counted.map(({ hour, ...counts }) => [hour.getTime(), counts]))
    return {
      push: { configured: deps.pusher.configured, ...devices! },
      queues: await queues,
      hours: Array.from({ length: HOURS }, (_, i) => {
        const at = first + i * HOUR_MS
        return { at, ...(byHour.get(at) ?? { pushed: 0, mailed: 0, withdrawn: 0, failed: 0, waiting: 0 }) }
      }),
      troubles: troubles.map(({ person_id, person_name, created_at, steps, ...row }) => ({
        ...row,
        at: created_at.getTime(),
        person: { id: person_id, name: person_name },
        steps: readSteps(steps),
      })),
    }
  },
})
type Named = { person_id: Id; person_name: string; created_at: Date; steps: unknown }
