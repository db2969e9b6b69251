import type { Settings } from '../settings/definitions.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long an access token holds: the longest that a stolen one can be used. */
export const ACCESS_MS = 10 * MINUTE

/** Within this time after a rotation the same device may present the token before it: two tabs, or a lost answer. */
export const GRACE_MS = 10_000

/** When a session that begins now is over, however active. */
export const endOf = (now: Date, settings: Settings): Date =>
  new Date(now.getTime() + settings['sessions.absoluteDays'] * DAY)

export const isIdle = (lastUsedAt: Date, now: Date, settings: Settings): boolean =>
  now.getTime() - lastUsedAt.getTime() > settings['sessions.idleHours'] * HOUR
