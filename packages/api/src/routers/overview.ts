import { figures } from '@parley/domain/overview/index'
import { procedure, router } from '../trpc.ts'

export const overview = router({ figures: procedure(figures) })
