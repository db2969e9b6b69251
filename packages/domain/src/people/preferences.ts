import { z } from 'zod'
import { zNotificationPreferences } from '../notifications/preferences.ts'

/** What a person has chosen for themselves, the same on all their devices. */
export const zPreferences = z.strictObject({
  theme: z.enum(['light', 'dark', 'system']).optional(),
  /** Whether Enter sends, or begins a new line. */
  enter: z.enum(['sends', 'breaks']).optional(),
  notifications: zNotificationPreferences.optional(),
})
export type Preferences = z.infer<typeof zPreferences>
