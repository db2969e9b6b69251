import type { Id } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** What a message said when it was sent. `files`: null when they are gone with it. */
export type FirstContent = { text: string; root: Id | null; files: Id[] | null }

/** Whatever was edited or deleted since; undefined once it is gone for good. */
export async function firstContent(sql: Sql, conversation: Id, id: Id): Promise<FirstContent | undefined> {
  const [row] = await sql<FirstContent>`
    SELECT coalesce(v.text, m.text) AS text, m.root_id AS root,
      CASE WHEN m.gone IS NULL THEN ARRAY(SELECT f->>'id' FROM jsonb_array_elements(coalesce(m.files, '[]')) f) END AS files
    FROM messages m LEFT JOIN LATERAL (
      SELECT text FROM message_versions x WHERE x.conversation_id = m.conversation_id AND x.message_id = m.id
      ORDER BY x.version LIMIT 1) v ON true
    WHERE m.conversation_id = ${conversation} AND m.id = ${id} AND m.gone IS DISTINCT FROM 'expired'`
  return row
}
