import {
  myNotificationPreferences,
  notificationsOverview,
  setNotificationPreferences,
} from '@parley/domain/notifications/index'
import { procedure, router } from '../trpc.ts'

/** What I am told of while I am not looking, and for administration how it goes. */
export const notifications = router({
  preferences: procedure(myNotificationPreferences),
  setPreferences: procedure(setNotificationPreferences),
  overview: procedure(notificationsOverview),
})
