/**
 * The audit log, read and exported. It is written by the gate (../command.ts) in the transaction of each act.
 * For the worker: `makeExport` is the handler of the job `export.make`, `removeExpiredExports` belongs in its schedule.
 */
export { auditActions } from './actions.ts'
export type { AuditEvent } from './event.ts'
export { cancelExport } from './exports/cancel.ts'
export { type Download, downloadExport } from './exports/download.ts'
export { type ExportRow, listExports } from './exports/list.ts'
export { makeExport } from './exports/make-export.ts'
export { removeExpiredExports } from './exports/remove-expired.ts'
export { requestExport } from './exports/request.ts'
export type { AuditQuestion } from './filter.ts'
export { type AuditPage, listAudit } from './list.ts'
