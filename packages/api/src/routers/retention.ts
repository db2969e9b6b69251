import {
  cancelRun,
  due,
  listPolicies,
  listRuns,
  preview,
  searchChannels,
  setPolicy,
  startRun,
} from '@parley/domain/retention/index'
import { procedure, router } from '../trpc.ts'

/** How long messages are kept, and the runs that remove them. */
export const retention = router({
  policies: procedure(listPolicies),
  setPolicy: procedure(setPolicy),
  preview: procedure(preview),
  due: procedure(due),
  searchChannels: procedure(searchChannels),
  runs: procedure(listRuns),
  startRun: procedure(startRun),
  cancelRun: procedure(cancelRun),
})
