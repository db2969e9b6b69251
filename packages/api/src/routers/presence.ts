import { hideLastActive, setAvailability, setStatus } from '@parley/domain/presence/index'
import { procedure, router } from '../trpc.ts'

/** What I choose of how others see me; what I have chosen comes with the sync. */
export const presence = router({
  setAvailability: procedure(setAvailability),
  setStatus: procedure(setStatus),
  hideLastActive: procedure(hideLastActive),
})
