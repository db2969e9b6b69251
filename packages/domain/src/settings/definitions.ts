import { z } from 'zod'

/**
 * Everything an administrator may set, as one table: what it decides, within which bounds, and what holds until
 * somebody changes it. Numbers are whole.
 */
const number = (o: {
  group: SettingGroup
  title: string
  says: string
  unit: string
  minimum: number
  maximum: number
  fallback: number
}) => ({ kind: 'number' as const, ...o, schema: z.int().min(o.minimum).max(o.maximum) })

/** One of a few values; the first of `options` that fits is what a person reads. */
const choice = <const Value extends string>(o: {
  group: SettingGroup
  title: string
  says: string
  options: readonly { value: Value; says: string }[]
  fallback: NoInfer<Value>
}) => ({ kind: 'choice' as const, ...o, schema: z.enum(o.options.map((option) => option.value)) })

export type SettingGroup =
  | 'sessions'
  | 'passwords'
  | 'invitations'
  | 'integrations'
  | 'files'
  | 'notifications'
  | 'presence'

export const SETTINGS = {
  'sessions.idleHours': number({
    group: 'sessions',
    title: 'Sign out after idling',
    says: 'A device that has not been used for this long must sign in again.',
    unit: 'hours',
    minimum: 1,
    maximum: 24 * 90,
    fallback: 24 * 14,
  }),
  'sessions.absoluteDays': number({
    group: 'sessions',
    title: 'Sign out after signing in',
    says: 'Whoever signed in this long ago must sign in again, however active. Holds for sessions that begin after the change.',
    unit: 'days',
    minimum: 1,
    maximum: 365,
    fallback: 90,
  }),
  'passwords.minimumLength': number({
    group: 'passwords',
    title: 'Shortest password',
    says: 'New passwords must have at least this many characters. Passwords already set stay valid.',
    unit: 'characters',
    minimum: 10,
    maximum: 64,
    fallback: 12,
  }),
  'passwords.failuresBeforeLock': number({
    group: 'passwords',
    title: 'Failed sign-ins before a wait',
    says: 'After this many wrong passwords in a row an account must wait: one minute, then twice as long each time, at most an hour.',
    unit: 'attempts',
    minimum: 3,
    maximum: 20,
    fallback: 5,
  }),
  'invitations.validDays': number({
    group: 'invitations',
    title: 'Validity of an invitation',
    says: 'An invitation link can be used for this long. Holds for invitations sent after the change.',
    unit: 'days',
    minimum: 1,
    maximum: 30,
    fallback: 7,
  }),
  'tokens.maximumDays': number({
    group: 'integrations',
    title: 'Longest life of an API token',
    says: 'A token expires at most this long after it was made, and its bot then needs a new one. Holds for tokens made after the change.',
    unit: 'days',
    minimum: 1,
    maximum: 365,
    fallback: 90,
  }),
  'files.maximumMegabytes': number({
    group: 'files',
    title: 'Largest file',
    says: 'A larger file cannot be attached. Files that are there already stay.',
    unit: 'MB',
    minimum: 1,
    maximum: 5_000,
    fallback: 250,
  }),
  'files.personGigabytes': number({
    group: 'files',
    title: 'Room for each person’s files',
    says: 'Whoever has uploaded this much must delete messages with files before attaching more.',
    unit: 'GB',
    minimum: 1,
    maximum: 10_000,
    fallback: 20,
  }),
  'notifications.pushSeconds': number({
    group: 'notifications',
    title: 'Wait before a push',
    says: 'A message that is read anywhere within this time is not pushed to the person’s devices.',
    unit: 'seconds',
    minimum: 0,
    maximum: 600,
    fallback: 20,
  }),
  'notifications.mailMinutes': number({
    group: 'notifications',
    title: 'Wait before an e-mail',
    says: 'A message that no device could be told of, and that is still unread after this time, is told by e-mail, together with all that waits then.',
    unit: 'minutes',
    minimum: 1,
    maximum: 1_440,
    fallback: 15,
  }),
  'notifications.content': choice({
    group: 'notifications',
    title: 'What a notification says',
    says: 'Pushes pass through the device’s maker, e-mails through mail servers. Decides what of a message they may read.',
    options: [
      { value: 'text', says: 'Who wrote, where, and the text' },
      { value: 'sender', says: 'Who wrote, and where' },
      { value: 'nothing', says: 'Only that there is something new' },
    ],
    fallback: 'text',
  }),
  'presence.lastActive': choice({
    group: 'presence',
    title: 'When somebody was last active',
    says: 'Whether people see when a colleague who is away or offline was last active. Each person may hide their own.',
    options: [
      { value: 'shown', says: 'People see it, of those who do not hide it' },
      { value: 'hidden', says: 'Nobody sees it of anybody' },
    ],
    fallback: 'shown',
  }),
} as const

export type SettingKey = keyof typeof SETTINGS
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]
export type Settings = { [K in SettingKey]: z.infer<(typeof SETTINGS)[K]['schema']> }
