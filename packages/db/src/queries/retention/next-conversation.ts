import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'
import { CUTOFF, type Cutoffs, cutoffValues, OWN_CUTOFFS } from './cutoffs.ts'

/** The first conversation after this one, in the order of ids, that holds a message below its cut-off. */
export async function nextConversation(
  connection: Queryable,
  cutoffs: Cutoffs,
  after: Id,
): Promise<Id | null> {
  const { rows } = await connection.query<{ id: Id }>(
    `SELECT c.id FROM conversations c ${OWN_CUTOFFS}
     WHERE c.id > $4 AND EXISTS (SELECT FROM messages m WHERE m.conversation_id = c.id AND m.id < ${CUTOFF})
     ORDER BY c.id LIMIT 1`,
    [...cutoffValues(cutoffs), after],
  )
  return rows[0]?.id ?? null
}
