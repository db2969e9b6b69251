import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

export type RemovedFile = { key: string; thumbnailKey: string | null; size: number }

/**
 * Removes everything that is kept beside these messages and says what they said: earlier versions, search entries,
 * mentions, notifications and files. To be called while the rows of the messages still hold their mentions.
 * sent_messages stays: it holds no text, and by it a device that was away for long finds that its message arrived.
 * @returns the files whose objects the store still holds
 */
export async function removeTraces(sql: Sql, conversation: Id, messages: Id[]): Promise<RemovedFile[]> {
  const rows = await sql<{ key: string; thumbnail_key: string | null; size: string }>`
    WITH mentioned AS (
      DELETE FROM mentions x USING messages m, unnest(m.mentions) AS p
      WHERE m.conversation_id = ${conversation}::bigint AND m.id = ANY (${messages}::bigint[])
        AND x.conversation_id = m.conversation_id AND x.person_id = p AND x.seq = m.seq
    ), versions AS (
      DELETE FROM message_versions WHERE conversation_id = ${conversation}::bigint AND message_id = ANY (${messages}::bigint[])
    ), found AS (
      DELETE FROM message_search WHERE conversation_id = ${conversation}::bigint AND message_id = ANY (${messages}::bigint[])
    ), notified AS (
      DELETE FROM notifications WHERE conversation_id = ${conversation}::bigint AND message_id = ANY (${messages}::bigint[])
    )
    DELETE FROM files WHERE conversation_id = ${conversation}::bigint AND message_id = ANY (${messages}::bigint[])
    RETURNING key, thumbnail_key, size`
  return rows.map(({ key, thumbnail_key, size }) => ({
    key,
    thumbnailKey: thumbnail_key,
    size: Number(size),
  }))
}
