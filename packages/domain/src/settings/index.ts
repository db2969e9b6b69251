/** What administrators set for everybody, and how it came to be so. */
export { changeSettings, type SettingChange } from './change.ts'
export { SETTINGS, type SettingGroup, type SettingKey, type Settings } from './definitions.ts'
export { type SettingHistory, settingHistory } from './history.ts'
export { listSettings, type SettingView } from './list.ts'
export { readSettings } from './read.ts'
