import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

export type ImportRun<Progress> = {
  id: Id
  state: 'running' | 'done' | 'failed'
  progress: Progress
  finished_at: Date | null
}

/** The run of one source, held until the end of the transaction; null when there was none. */
export async function lockImportRun<Progress>(sql: Sql, source: string): Promise<ImportRun<Progress> | null> {
  const [row] = await sql<ImportRun<Progress>>`
    SELECT id, state, progress, finished_at FROM imports WHERE source = ${source} FOR UPDATE`
  return row ?? null
}

/** @throws a unique violation when another began it in the same moment */
export async function insertImportRun(
  sql: Sql,
  run: { id: Id; kind: 'slack'; source: string; progress: object },
): Promise<void> {
  await sql`
    INSERT INTO imports (id, kind, source, progress)
    VALUES (${run.id}, ${run.kind}, ${run.source}, ${JSON.stringify(run.progress)})`
}

/**
 * Takes the run one step on, in the transaction of what the step wrote.
 * False when it is not where this process left it: then another one is at work on the same import.
 */
export async function advanceImportRun(
  sql: Sql,
  id: Id,
  from: number,
  progress: { step: number },
  state: 'running' | 'done' = 'running',
): Promise<boolean> {
  const rows = await sql`
    UPDATE imports SET progress = ${JSON.stringify(progress)}, state = ${state},
      finished_at = CASE WHEN ${state}::text = 'done' THEN now() END
    WHERE id = ${id} AND state <> 'done' AND (progress ->> 'step')::int = ${from} RETURNING id`
  return rows.length > 0
}
