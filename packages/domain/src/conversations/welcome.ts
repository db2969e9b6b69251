import type { Sql } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'

/**
 * People who may be brought into a conversation: everybody who is here or was invited, bots too.
 * @throws ParleyError for an id of nobody, and for who was deactivated
 */
export async function requireWelcome(sql: Sql, people: readonly Id[]): Promise<void> {
  const rows = await sql<{ id: Id; name: string; status: string }>`
    SELECT id, name, status FROM people WHERE id = ANY (${people}::bigint[])`
  if (rows.length < new Set(people).size)
    throw new ParleyError('not_found', 'One of these people is not here.', { field: 'people' })
  const gone = rows.find((row) => row.status === 'deactivated')
  if (gone)
    throw new ParleyError('conflict', `${gone.name} was deactivated and cannot be added.`, {
      field: 'people',
    })
}
