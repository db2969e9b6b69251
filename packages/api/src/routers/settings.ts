import { changeSettings, listSettings, settingHistory } from '@parley/domain/settings/index'
import { procedure, router } from '../trpc.ts'

export const settings = router({
  list: procedure(listSettings),
  change: procedure(changeSettings),
  history: procedure(settingHistory),
})
