/**
 * Importing what other systems export: today the zip that Slack makes of a workspace.
 * A scan reads all of it and says what would happen; only a scan without problems yields a plan that may be run.
 */
export { ExportProblem } from './export-problem.ts'
export { type ImportDeps, ImportStopped } from './import-context.ts'
export { IMPORT_NODES } from './import-ids.ts'
export type { UnknownPeople } from './keep.ts'
export { REMARKS, type Remark, type Remarked } from './remarks.ts'
export type { Report } from './report.ts'
export { type Imported, runImport } from './run-import.ts'
export { type ImportPlan, type ScanOptions, scanExport } from './scan-export.ts'
export type * from './slack-export.ts'
