import type { Tx } from '@parley/db'
import { countDay, countedDays, raiseDay } from '@parley/db/queries/overview/daily-figures'
import { writeAudit } from '../audit-log.ts'
import { DAYS } from '../overview/count-days.ts'
import type { ImportRun } from './import-context.ts'
import type { Report } from './report.ts'
import type { Imported } from './run-import.ts'

/** Closes the run, with its audit event. */
export function finishImport(run: ImportRun, report: Report, imported: Imported): Promise<void> {
  return run.step(
    { conversation: null, seq: 0 },
    async (tx) => {
      if (run.progress.messages > 0) await countAgain(tx)
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

/** Days that the overview shows were counted before this history came. */
async function countAgain({ sql }: Tx): Promise<void> {
  const from = Date.now() - DAYS * 86_400_000
  for (const { day } of await countedDays(sql, from))
    await raiseDay(sql, await countDay(sql, Date.parse(day)))
}
