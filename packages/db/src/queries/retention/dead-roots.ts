import type { Id } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

export type DeadRoot = { id: Id; ordinal: number; replies: number }

/**
 * The roots that the floor may pass next, from the bottom: below the cut-off, with no reply at or above it.
 * At most `most`, and none beyond the first that lives. The caller holds the conversation.
 */
export async function deadRoots(sql: Sql, conversation: Id, cutoff: Id, most: number): Promise<DeadRoot[]> {
  const rows = await sql<DeadRoot & { dead: boolean }>`
    SELECT r.id, r.ordinal, r.thread_replies AS replies,
      r.id < ${cutoff}::bigint AND NOT EXISTS (
        SELECT FROM messages x WHERE x.conversation_id = r.conversation_id AND x.root_id = r.id AND x.id >= ${cutoff}::bigint
      ) AS dead
    FROM conversations c
    JOIN messages r ON r.conversation_id = c.id AND r.root_id IS NULL AND r.ordinal > c.floor AND r.ordinal <= c.floor + ${most}::int
    WHERE c.id = ${conversation}
    ORDER BY r.ordinal`
  const living = rows.findIndex((row) => !row.dead)
  return (living < 0 ? rows : rows.slice(0, living)).map(({ id, ordinal, replies }) => ({
    id,
    ordinal,
    replies,
  }))
}
