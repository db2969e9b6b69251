import { writeMessage } from '@parley/db/queries/change-message'
import { lockConversation } from '@parley/db/queries/lock-conversation'
import { messageById } from '@parley/db/queries/messages'
import { takeVersion } from '@parley/db/queries/take-version'
import type { Message } from '@parley/protocol'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'
import { cardOf, type FileRow } from './file-row.ts'

const pixels = z.int().min(1)
/** A data URL of a few hundred bytes. */
const BLUR_LENGTH = 4_096

/**
 * Writes down what is now known of a file. If its message is already sent, that changes with its next version, so that
 * the picture appears for everybody. Under the conversation's lock: a send at the same moment is wholly before or after.
 */
export const keepPreview = command({
  name: 'files.keepPreview',
  input: z.strictObject({
    file: zId,
    key: z.string().max(512),
    width: pixels,
    height: pixels,
    blur: z.string().max(BLUR_LENGTH),
  }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'a thumbnail only repeats what the file says' },
  async run({ tx, tell }, { file, key, width, height, blur }): Promise<{ thumbnail: boolean }> {
    const [place] = await tx.sql<Pick<FileRow, 'conversation_id'>>`
      SELECT conversation_id FROM files WHERE id = ${file}`
    if (!place) return { thumbnail: false }
    const conversation = place.conversation_id
    await lockConversation(tx.sql, conversation)
    const [row] = await tx.sql<FileRow>`
      UPDATE files SET thumbnail_key = ${key}, width = ${width}, height = ${height}, blur = ${blur}
      WHERE id = ${file} AND state = 'stored' AND thumbnail_key IS NULL RETURNING *`
    if (!row?.message_id) return { thumbnail: row !== undefined }
    const message = await messageById(tx.connection, null, conversation, row.message_id)
    if (!message || message.gone) return { thumbnail: true }
    const files = message.files.map((card) => (card.id === file ? cardOf(row) : card))
    const after: Message = { ...message, files, version: await takeVersion(tx.sql, conversation) }
    await writeMessage(tx.sql, after)
    const { version, mentions: was } = after
    tell.conversation(conversation, { version, type: 'message.changed', message: after, was })
    return { thumbnail: true }
  },
})
