import { type Id, ParleyError } from '@parley/protocol'
import { type Access, somebody } from '../access.ts'
import type { SomeBody } from '../actor.ts'
import type { FileRow } from './file-row.ts'

const ABSENT = 'There is no such file, or you may not see it.'

export type MyFile = { me: SomeBody; file: FileRow }

/** A file that the actor uploaded and has not sent yet; anything else looks absent. */
export const myUnsent: Access<{ file: Id }, MyFile> = async ({ tx, actor, input }) => {
  const me = somebody(actor)
  const [file] = await tx.sql<FileRow>`
    SELECT * FROM files WHERE id = ${input.file} AND uploader_id = ${me.id} AND message_id IS NULL AND state <> 'refused'`
  if (!file) throw new ParleyError('not_found', ABSENT)
  return { me, file }
}

/**
 * A stored file that the actor may see: who is in the conversation of its message, as long as the message is not gone;
 * before it is sent, who uploaded it. Anything else looks absent.
 */
export const visibleFile: Access<{ file: Id }, MyFile> = async ({ tx, actor, input }) => {
  const me = somebody(actor)
  const [file] = await tx.sql<FileRow>`
    SELECT f.* FROM files f
    LEFT JOIN messages m ON m.conversation_id = f.conversation_id AND m.id = f.message_id
    WHERE f.id = ${input.file} AND f.state = 'stored' AND (
      (f.message_id IS NULL AND f.uploader_id = ${me.id})
      OR (m.gone IS NULL AND m.id IS NOT NULL AND EXISTS (
        SELECT FROM memberships s WHERE s.conversation_id = f.conversation_id AND s.person_id = ${me.id} AND s.left_at IS NULL)))`
  if (!file) throw new ParleyError('not_found', ABSENT)
  return { me, file }
}
