import { ensurePartitions } from '@parley/db/queries/ensure-partitions'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'

const DAY_MS = 86_400_000
/** A month has begun before anybody sleeps through this much of it. */
const AHEAD_MS = 100 * DAY_MS
/** Longer than any device keeps an unsent message alive by retrying, and than any outbox row waits. */
const SENT_KEPT_MS = 30 * DAY_MS
const UNKNOWN_SIGN_INS_KEPT_MS = DAY_MS
const ENDED_SESSIONS_KEPT_MS = 90 * DAY_MS
/** Who asks why they were not told asks sooner; nothing waits for so long. */
const NOTIFICATIONS_KEPT_MS = 90 * DAY_MS
/** Rows of each kind that one turn removes, so that no turn holds locks for long. */
const AT_ONCE = 10_000

/** How many of each were made or removed. */
export type KeptUp = {
  partitions: number
  sentMessages: number
  usedAssertions: number
  unknownSignIns: number
  sessions: number
  notifications: number
}

/** Makes room for the months to come, and removes what has served. Performed again, it goes on where it was. */
export const keepUp = command({
  name: 'upkeep.keepUp',
  input: z.strictObject({}),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'it removes nothing that anybody could see' },
  async run({ tx: { sql }, deps }): Promise<KeptUp> {
    const now = deps.now()
    const before = (ms: number) => new Date(now.getTime() - ms)
    const sent = await sql`
      DELETE FROM sent_messages WHERE ctid IN (
        SELECT ctid FROM sent_messages WHERE created_at < ${before(SENT_KEPT_MS)} LIMIT ${AT_ONCE}) RETURNING 1`
    const assertions = await sql`
      DELETE FROM used_assertions WHERE ctid IN (
        SELECT ctid FROM used_assertions WHERE expires_at < ${now} LIMIT ${AT_ONCE}) RETURNING 1`
    const unknown = await sql`
      DELETE FROM unknown_sign_ins WHERE ctid IN (
        SELECT ctid FROM unknown_sign_ins WHERE last_at < ${before(UNKNOWN_SIGN_INS_KEPT_MS)} LIMIT ${AT_ONCE})
      RETURNING 1`
    const sessions = await sql`
      DELETE FROM sessions WHERE ctid IN (
        SELECT ctid FROM sessions WHERE expires_at < ${before(ENDED_SESSIONS_KEPT_MS)} LIMIT ${AT_ONCE}) RETURNING 1`
    const notifications = await sql`
      DELETE FROM notifications WHERE ctid IN (
        SELECT ctid FROM notifications WHERE created_at < ${before(NOTIFICATIONS_KEPT_MS)} LIMIT ${AT_ONCE}) RETURNING 1`
    return {
      partitions: await ensurePartitions(sql, now, new Date(now.getTime() + AHEAD_MS)),
      sentMessages: sent.length,
      usedAssertions: assertions.length,
      unknownSignIns: unknown.length,
      sessions: sessions.length,
      notifications: notifications.length,
    }
  },
})
