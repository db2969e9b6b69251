import {
  auditActions,
  cancelExport,
  downloadExport,
  listAudit,
  listExports,
  requestExport,
} from '@parley/domain/audit/index'
import { procedure, router } from '../trpc.ts'

/** Who did what, and when. */
export const audit = router({
  list: procedure(listAudit),
  actions: procedure(auditActions),
})

/** Files made of it in the background. */
export const exports = router({
  request: procedure(requestExport),
  list: procedure(listExports),
  download: procedure(downloadExport),
  cancel: procedure(cancelExport),
})
