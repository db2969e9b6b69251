import { idAt, timeOf } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import type { Actor } from '../actor.ts'
import { grouped } from '../command.ts'
import type { Deps } from '../deps.ts'
import { FOLDER, fileOfKey, originalKeyOf, thumbnailKeyOf } from './keys.ts'

/** What was uploaded and is not sent for so long is not going to be. */
const ABANDONED_MS = 24 * 3_600_000
/** Rows, or objects of the store, that one step looks at. */
const STEP = 500

export type Cleared = { setAside: number; files: number; strays: number }

/**
 * Removes what nobody can reach any more: files that were discarded or never sent, files of deleted messages, and
 * objects in the store that no file knows. For the table of schedules, every few hours.
 *
 * An unsent file is set aside in one turn and removed in the next: a send that had already judged it fit to be attached
 * is long over by then, and what it attached is taken back into use. Objects go before their rows, so that a turn that
 * is interrupted leaves nothing that the next does not find.
 */
export const removeAbandonedFiles = grouped<Record<string, never>, Cleared, { actor: Actor }>({
  name: 'files.removeAbandoned',
  input: z.strictObject({}),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'it removes what nobody can reach' },
  async run({ deps }): Promise<Cleared> {
    const { sql } = deps.db
    await sql`UPDATE files SET state = 'stored' WHERE state = 'refused' AND message_id IS NOT NULL`
    const files = (await removeSetAside(deps)) + (await removeDeleted(deps))
    const before = new Date(deps.now().getTime() - ABANDONED_MS)
    const setAside = await sql`
      UPDATE files SET state = 'refused'
      WHERE state IN ('uploading', 'stored') AND message_id IS NULL AND created_at < ${before} RETURNING id`
    return { setAside: setAside.length, files, strays: await removeStrays(deps, before) }
  },
})

type Stored = { id: string; key: string }

const removeSetAside = (deps: Deps): Promise<number> =>
  inSteps(
    deps,
    () => deps.db.sql<Stored>`
      SELECT id, key FROM files WHERE state = 'refused' AND message_id IS NULL ORDER BY id LIMIT ${STEP}`,
  )

const removeDeleted = (deps: Deps): Promise<number> =>
  inSteps(
    deps,
    () => deps.db.sql<Stored>`
      SELECT f.id, f.key FROM files f JOIN messages m ON m.conversation_id = f.conversation_id AND m.id = f.message_id
      WHERE m.gone IS NOT NULL ORDER BY f.id LIMIT ${STEP}`,
  )

async function inSteps(deps: Deps, next: () => Promise<Stored[]>): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await next()
    if (rows.length === 0) return removed
    await deps.blobs.remove(rows.flatMap(({ key }) => [key, thumbnailKeyOf(key)]))
    await deps.db.sql`DELETE FROM files WHERE id = ANY (${rows.map((row) => row.id)}::bigint[])`
    removed += rows.length
  }
}

/** Strays older than this are not looked for: a turn costs as much as what was uploaded in that time, not as the store. */
const STRAYS_MS = 7 * ABANDONED_MS
/** Ids that begin alike, but for their last fifteen digits, are of the same three days. */
const DIGITS = 15

/** What keys of files begin with that were begun between two moments. */
function* prefixes(from: number, to: number): Generator<string> {
  const beginning = (at: number) => Number(idAt(at, 0, 0).slice(0, -DIGITS))
  for (let part = beginning(from); part <= beginning(to); part++) yield `${FOLDER}${part}`
}

/** A key tells when its file was begun: what is young may belong to a transaction that is not over. */
async function removeStrays(deps: Deps, before: Date): Promise<number> {
  let removed = 0
  let keys: string[] = []
  const look = async () => {
    const rows = await deps.db.sql<{ key: string }>`
      SELECT key FROM files WHERE key = ANY (${keys.map(originalKeyOf)}::text[])`
    const known = new Set(rows.map((row) => row.key))
    const strays = keys.filter((key) => !known.has(originalKeyOf(key)))
    await deps.blobs.remove(strays)
    removed += strays.length
    keys = []
  }
  const to = before.getTime()
  for (const prefix of prefixes(to - STRAYS_MS, to))
    for await (const { key } of deps.blobs.list(prefix)) {
      const file = fileOfKey(key)
      if (file === null || timeOf(file) >= to) continue
      keys.push(key)
      if (keys.length === STEP) await look()
    }
  await look()
  return removed
}
