import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

/** Somebody who took part in a thread. `replies`: all it will ever have, all of them read. */
export type ImportedFollower = { root: Id; person: Id; replies: number }

export async function insertImportedFollowers(
  connection: Queryable,
  conversation: Id,
  followers: readonly ImportedFollower[],
): Promise<void> {
  await connection.query({
    name: 'insert_imported_followers',
    text: `
      INSERT INTO thread_followers (conversation_id, root_id, person_id, read_replies)
      SELECT $1::bigint, root, person, replies
      FROM json_to_recordset($2::json) AS f(root bigint, person bigint, replies int)
      ON CONFLICT DO NOTHING`,
    values: [conversation, JSON.stringify(followers)],
  })
}
