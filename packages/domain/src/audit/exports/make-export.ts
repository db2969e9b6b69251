import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { countEvents, eventsAfter } from '@parley/db/queries/audit/list-events'
import { compareIds, type Id, ParleyError } from '@parley/protocol'
import { perform } from '../../command.ts'
import type { Deps } from '../../deps.ts'
import { toEvent } from '../event.ts'
import { type AuditQuestion, toFilter, zAuditFilter } from '../filter.ts'
import { beginExport, finishExport } from './file-state.ts'
import { type ExportFormat, FORMATS } from './formats.ts'

const worker = { kind: 'system', name: 'export' } as const

/** Events in memory at once. */
const BATCH = 1_000

/** Somebody cancelled it while it was written. */
class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** What one attempt has written so far. */
type Made = { hash: ReturnType<typeof createHash>; rows: number }
type Row = { format: ExportFormat; filter: AuditQuestion }

/**
 * Writes the file of an export into the store: the handler of the job `export.make`. Begins anew when it was
 * interrupted, over the same object; an export that is over is left as it is.
 * @throws what the database or the store throws; the job is then tried again
 */
export async function makeExport(deps: Deps, { export: id }: { export: Id }): Promise<void> {
  const [stored] = await deps.db.sql<{ format: ExportFormat; filter: unknown }>`
    SELECT format, filter FROM exports WHERE id = ${id}`
  if (!stored) throw new ParleyError('not_found', 'There is no such export.')
  const row: Row = { format: stored.format, filter: zAuditFilter.parse(stored.filter) }
  const { total, newest } = await countEvents(deps.db.connection, toFilter(row.filter))
  const begun = await perform(beginExport, worker, { export: id, total }, deps)
  if (!begun) return
  const key = `exports/${id}.${row.format}`
  const made: Made = { hash: createHash('sha256'), rows: 0 }
  const content = Readable.from(lines(deps, id, row, newest ?? '0', made), { objectMode: false })
  try {
    await deps.blobs.write(key, content, { type: FORMATS[row.format].type })
  } catch (e) {
    if (content.errored instanceof Cancelled) return
    await deps.db.sql`
      UPDATE exports SET error = 'Writing the file failed and is tried again. The worker''s log says why.' WHERE id = ${id}`
    throw e
  }
  const kept = await perform(
    finishExport,
    worker,
    { export: id, key, sha256: made.hash.digest('hex'), rows: made.rows },
    deps,
  )
  if (!kept) await deps.blobs.remove([key])
}

async function* lines(
  deps: Deps,
  id: Id,
  { format, filter }: Row,
  through: Id,
  made: Made,
): AsyncGenerator<Buffer> {
  const { head, line } = FORMATS[format]
  const said = (text: string) => {
    const bytes = Buffer.from(text)
    made.hash.update(bytes)
    return bytes
  }
  if (head) yield said(head)
  let after: Id = '0'
  while (compareIds(after, through) < 0) {
    const rows = await eventsAfter(deps.db.connection, toFilter(filter), { after, through, limit: BATCH })
    if (rows.length === 0) break
    yield said(rows.map((row) => line(toEvent(row))).join(''))
    after = rows.at(-1)!.id
    made.rows += rows.length
    const [going] = await deps.db.sql`
      UPDATE exports SET rows = ${made.rows} WHERE id = ${id} AND state = 'running' RETURNING id`
    if (!going) throw new Cancelled('The export was cancelled.')
  }
}
