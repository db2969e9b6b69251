import { renameOrganisation, setupState } from '@parley/domain/organisation/index'
import { procedure, router } from '../trpc.ts'

export const organisation = router({
  setupState: procedure(setupState),
  rename: procedure(renameOrganisation),
})
