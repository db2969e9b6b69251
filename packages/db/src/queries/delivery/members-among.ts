import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

/** Those of the pairs of a conversation and a person in which the person is a member. */
export async function membersAmong(
  connection: Queryable,
  pairs: [conversation: Id, person: Id][],
): Promise<{ conversation: Id; person: Id }[]> {
  const { rows } = await connection.query<{ conversation: Id; person: Id }>({
    name: 'members_among',
    text: `
      SELECT m.conversation_id AS conversation, m.person_id AS person
      FROM unnest($1::bigint[], $2::bigint[]) AS asked(conversation, person)
      JOIN memberships m ON m.conversation_id = asked.conversation AND m.person_id = asked.person AND m.left_at IS NULL`,
    values: [pairs.map(([conversation]) => conversation), pairs.map(([, person]) => person)],
  })
  return rows
}
