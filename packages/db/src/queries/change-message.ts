import type { Message } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Writes what may change of a message. The caller holds the conversation and took its version. */
export async function writeMessage(sql: Sql, after: Message): Promise<void> {
  await sql`
    UPDATE messages SET version = ${after.version}, text = ${after.text}, mentions = ${after.mentions}::bigint[],
      edited_at = ${after.editedAt === null ? null : new Date(after.editedAt)}, gone = ${after.gone}, pinned = ${after.pinned},
      reactions = ${after.reactions.length > 0 ? JSON.stringify(after.reactions) : null}::jsonb,
      files = ${after.files.length > 0 ? JSON.stringify(after.files) : null}::jsonb
    WHERE conversation_id = ${after.conversation} AND id = ${after.id}`
}

/** Makes the rows by which mentions are counted agree with the message. */
export async function writeMentions(sql: Sql, message: Message): Promise<void> {
  await sql`
    DELETE FROM mentions WHERE conversation_id = ${message.conversation} AND seq = ${message.seq}
      AND NOT (person_id = ANY (${message.mentions}::bigint[]))`
  await sql`
    INSERT INTO mentions (conversation_id, person_id, seq, message_id, sender_id)
    SELECT ${message.conversation}, p, ${message.seq}, ${message.id}, ${message.sender} FROM unnest(${message.mentions}::bigint[]) AS p
    ON CONFLICT DO NOTHING`
}

/** Keeps what it said before. */
export async function keepVersion(
  sql: Sql,
  before: Message,
  version: number,
  action: 'edited' | 'deleted',
  by: string,
): Promise<void> {
  await sql`
    INSERT INTO message_versions (conversation_id, message_id, version, text, action, by_id)
    VALUES (${before.conversation}, ${before.id}, ${version}, ${before.text}, ${action}, ${by})`
}
