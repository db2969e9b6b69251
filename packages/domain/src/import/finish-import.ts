import { writeAudit } from '../audit-log.ts'
import type { ImportRun } from './import-context.ts'
import type { Report } from './report.ts'
import type { Imported } from './run-import.ts'

/** Closes the run, with its audit event. */
export function finishImport(run: ImportRun, report: Report, imported: Imported): Promise<void> {
  return run.step(
    { conversation: null, seq: 0 },
    async (tx) => {
      await writeAudit(tx, run.deps.newId(), run.actor, {
        action: 'import.finished',
        entity: { kind: 'import', id: run.id, name: report.source.name },
        after: {
          sha256: report.source.fingerprint,
          messages: run.progress.messages,
          people: imported.people,
          conversations: imported.conversations,
        },
      })
    },
    'done',
  )
}
