import type { Id } from '@parley/protocol'
import type { Deps } from '../../deps.ts'
import { expiredBefore } from './lifetime.ts'

/** Exports looked at in one turn. */
const MOST = 100

/**
 * Removes the files of exports that are past their days, and gives up those that never came to an end. For the
 * schedule; may be called as often as it likes.
 * @returns how many files went
 */
export async function removeExpiredExports(deps: Deps): Promise<number> {
  const before = expiredBefore(deps.now())
  const rows = await deps.db.sql<{ id: Id; key: string }>`
    SELECT id, key FROM exports WHERE key IS NOT NULL AND created_at <= ${before} ORDER BY id LIMIT ${MOST}`
  await deps.blobs.remove(rows.map((row) => row.key))
  await deps.db.sql`UPDATE exports SET key = NULL WHERE id = ANY (${rows.map((row) => row.id)}::bigint[])`
  await deps.db.sql`
    UPDATE exports SET state = 'failed', finished_at = ${deps.now()}, error = 'It never came to an end. Ask for a new one.'
    WHERE state IN ('queued', 'running') AND created_at <= ${before}`
  return rows.length
}
