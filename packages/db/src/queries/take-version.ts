import type { Id } from '@parley/protocol'
import type { Sql } from '../sql.ts'

/** Takes the conversation's next version and with it its lock, until the end of the transaction. */
export async function takeVersion(sql: Sql, conversation: Id): Promise<number> {
  const [row] = await sql<{ last_version: number }>`
    UPDATE conversations SET last_version = last_version + 1 WHERE id = ${conversation} RETURNING last_version`
  if (!row) throw new Error(`no conversation ${conversation}`)
  return row.last_version
}
