/** Telling people who are not looking: by push to their devices, else by e-mail. */
export { deliverNotification } from './deliver.ts'
export {
  type MyNotifications,
  myNotificationPreferences,
  setNotificationPreferences,
} from './my-preferences.ts'
export { type Hour, type NotificationsOverview, notificationsOverview, type Trouble } from './overview.ts'
export { planNotifications } from './plan.ts'
export type { NotificationPreferences } from './preferences.ts'
export type { Step } from './steps.ts'
