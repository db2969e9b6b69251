import type { NotificationReason } from '@parley/db/queries/notifications/whom-to-tell'
import { z } from 'zod'

/** What a person wants to be told of when they are not looking. */
export const zNotificationPreferences = z.strictObject({
  /** `mentions`: direct messages, and where one is named. */
  push: z.enum(['all', 'mentions', 'none']).default('all'),
  /** Whether what no device could be told of comes by e-mail. */
  email: z.boolean().default(true),
})
export type NotificationPreferences = z.infer<typeof zNotificationPreferences>

/** `stored`: a person's preferences as a whole. What cannot be read counts as not chosen. */
export function notificationPreferences(stored: unknown): NotificationPreferences {
  const chosen = z.object({ notifications: zNotificationPreferences }).safeParse(stored)
  return chosen.success ? chosen.data.notifications : zNotificationPreferences.parse({})
}

const isPersonal = (reason: NotificationReason): boolean => reason === 'direct' || reason === 'mention'

export const wantsPush = ({ push }: NotificationPreferences, reason: NotificationReason): boolean =>
  push === 'all' || (push === 'mentions' && isPersonal(reason))

/** By e-mail comes what would be pushed; to whoever wants no push at all, what is meant for them. */
export const wantsMail = ({ push, email }: NotificationPreferences, reason: NotificationReason): boolean =>
  email && (push === 'all' || isPersonal(reason))
