import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { command, query } from '../command.ts'
import {
  type NotificationPreferences,
  notificationPreferences,
  zNotificationPreferences,
} from './preferences.ts'

export type MyNotifications = NotificationPreferences & {
  /** Whether this installation can push at all, and on how many of my devices it does. */
  pushConfigured: boolean
  devices: number
  /** Where mails go. */
  address: string | null
}

/** What I am told of, and how. */
export const myNotificationPreferences = query({
  name: 'notifications.preferences',
  input: z.strictObject({}),
  access: signedInPerson,
  limit: 'read',
  tokens: 'never',
  async run({ tx, scope: { me }, deps }): Promise<MyNotifications> {
    const [row] = await tx.sql<{ preferences: unknown; email: string | null; devices: number }>`
      SELECT preferences, email, (SELECT count(*)::int FROM devices WHERE person_id = people.id AND push_token IS NOT NULL) AS devices
      FROM people WHERE id = ${me.id}`
    const { preferences, email: address, devices } = row!
    return {
      ...notificationPreferences(preferences),
      pushConfigured: deps.pusher.configured,
      devices,
      address,
    }
  },
})

/** Chooses it anew, on all my devices. */
export const setNotificationPreferences = command({
  name: 'notifications.setPreferences',
  input: zNotificationPreferences.required(),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: { none: 'a preference is the person’s own' },
  async run({ tx, scope: { me } }, chosen): Promise<NotificationPreferences> {
    await tx.sql`
      UPDATE people SET preferences = preferences || ${JSON.stringify({ notifications: chosen })}::jsonb WHERE id = ${me.id}`
    return chosen
  },
})
