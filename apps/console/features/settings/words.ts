import type { Outputs } from '../api/trpc.ts'

export type Setting = Outputs['settings']['list'][number]
export type SettingKey = Setting['key']
export type SettingGroup = Setting['group']
export type SettingValue = Setting['value']
export type Draft = Partial<Record<SettingKey, SettingValue>>

export const GROUP_NAMES = {
  sessions: 'Sessions',
  passwords: 'Passwords',
  invitations: 'Invitations',
  integrations: 'Integrations',
  files: 'Files',
  notifications: 'Notifications',
  presence: 'Presence',
} as const satisfies Record<SettingGroup, string>

/** A value in words: "90 days", "Who wrote, and where". */
export function inWords(setting: Setting, value: unknown): string {
  if (setting.kind === 'choice')
    return setting.options.find((option) => option.value === value)?.says ?? String(value)
  return `${String(value)} ${setting.unit}`
}

/** What is wrong with a value, said before the server has to; null when nothing is. */
export function wrongWith(setting: Setting, value: SettingValue | undefined): string | null {
  if (setting.kind === 'choice' || value === undefined) return null
  const fits =
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= setting.minimum &&
    value <= setting.maximum
  return fits ? null : `A whole number from ${setting.minimum} to ${setting.maximum}.`
}
