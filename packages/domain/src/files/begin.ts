import type { Sql } from '@parley/db'
import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { command } from '../command.ts'
import { oneLine } from '../one-line.ts'
import { readSettings } from '../settings/read.ts'
import { singleLine } from '../single-line.ts'
import { storableText } from '../storable-text.ts'
import { newKey } from './keys.ts'

/** A thin line needs its time for a large file. */
const UPLOAD_SECONDS = 3_600
const MEGABYTE = 1_048_576
const GIGABYTE = 1_024 * MEGABYTE
const NAME_LENGTH = 200
/** Whoever sends a file did not name it, as a rule, and cannot type away what hides in its name: it is left out. */
const zFileName = z
  .string()
  .transform((name) => singleLine(name, NAME_LENGTH + 1))
  .pipe(oneLine(NAME_LENGTH))

export type BegunUpload = {
  file: Id
  /** PUT the bytes there, with these headers; a second PUT is refused (412) and never overwrites. */
  upload: { url: string; headers: Record<string, string> }
  /** Unix milliseconds, until when the URL may be used. */
  expires: number
}

/**
 * Gives out a place for one file of exactly `size` bytes, to be sent in this conversation. The browser puts it straight
 * into the store, then says so (`files.complete`). `type` is what the browser claims, and believed by nobody.
 */
export const beginUpload = command({
  name: 'files.begin',
  input: z.strictObject({
    conversation: zId,
    name: zFileName,
    size: z.int().min(1, 'the file is empty'),
    type: storableText(255).default(''),
  }),
  access: memberOf,
  limit: 'upload',
  tokens: 'files:write',
  audit: { none: 'nobody sees a file before its message, which is its record' },
  async run({ tx, scope, deps }, { conversation, name, size, type }): Promise<BegunUpload> {
    if (scope.conversation.archived)
      throw new ParleyError('conflict', 'This conversation is archived; nothing can be posted in it.')
    const settings = await readSettings(tx.sql)
    const most = settings['files.maximumMegabytes']
    if (size > most * MEGABYTE)
      throw new ParleyError('too_large', `Files may have at most ${most} MB here.`, { field: 'size' })
    await requireRoom(tx.sql, scope.me.id, size, settings['files.personGigabytes'])
    const file = deps.newId()
    const key = newKey(file)
    await tx.sql`
      INSERT INTO files (id, conversation_id, uploader_id, name, declared_type, size, key, created_at)
      VALUES (${file}, ${conversation}, ${scope.me.id}, ${name}, ${type}, ${size}, ${key}, ${deps.now()})`
    const upload = await deps.blobs.uploadUrl(key, { size, seconds: UPLOAD_SECONDS })
    return { file, upload, expires: deps.now().getTime() + UPLOAD_SECONDS * 1_000 }
  },
})

/** What is begun counts as if it were there, so that many at once do not pass together. */
async function requireRoom(sql: Sql, person: Id, size: number, gigabytes: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('files'), hashtext(${person}))`
  const [row] = await sql<{ bytes: string }>`
    SELECT coalesce(sum(size), 0) AS bytes FROM files WHERE uploader_id = ${person} AND state <> 'refused'`
  if (Number(row!.bytes) + size > gigabytes * GIGABYTE)
    throw new ParleyError(
      'refused_by_policy',
      `Your files would take more than the ${gigabytes} GB that each person has. Delete messages with files that nobody needs, or ask an administrator.`,
      { field: 'size' },
    )
}
