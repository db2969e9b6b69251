import { isUniqueViolation } from '@parley/db'
import { insertImportRun, lockImportRun } from '@parley/db/queries/import/runs'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit-log.ts'
import { type ImportDeps, ImportRun, ImportStopped, type Progress } from './import-context.ts'
import type { UnknownPeople } from './keep.ts'
import type { Report } from './report.ts'

/** `null`: this very export has been imported already. */
export type Begun = { readonly run: ImportRun; readonly resumed: boolean } | null

/** Takes up the run of this export, or begins it, with its audit event in the same transaction. */
export async function beginImport(
  deps: ImportDeps,
  actor: Actor,
  report: Report,
  unknownPeople: UnknownPeople,
): Promise<Begun> {
  const source = `slack:${report.source.fingerprint}`
  try {
    return await deps.db.transaction(async (tx) => {
      const before = await lockImportRun<Progress>(tx.sql, source)
      if (before?.state === 'done') return null
      if (before) {
        if (before.progress.unknownPeople !== unknownPeople)
          throw new ImportStopped(
            `This import was begun with --unknown-people=${before.progress.unknownPeople}: go on with the same.`,
          )
        return { run: new ImportRun(before.id, deps, actor, before.progress), resumed: true }
      }
      const id = deps.newId()
      const progress: Progress = { step: 0, unknownPeople, conversation: null, seq: 0, messages: 0 }
      await insertImportRun(tx.sql, { id, kind: 'slack', source, progress })
      await writeAudit(tx, deps.newId(), actor, {
        action: 'import.started',
        entity: { kind: 'import', id, name: report.source.name },
        after: {
          sha256: report.source.fingerprint,
          people: report.people.total,
          conversations: report.conversations.length,
          messages: report.messages,
        },
      })
      return { run: new ImportRun(id, deps, actor, progress), resumed: false }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new ImportStopped('Another process has just begun the same import: let it finish.')
  }
}
