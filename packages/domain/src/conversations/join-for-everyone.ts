import { lockConversation } from '@parley/db/queries/lock-conversation'
import type { Id } from '@parley/protocol'
import { type Adding, addPeople } from './add-people.ts'

/**
 * Brings somebody who has just become a member of the organisation into the channels that are for everyone.
 * To be called by whatever makes members: set-up, invitations, sign-in through an identity provider.
 */
export async function joinForEveryone(context: Adding, person: Id): Promise<void> {
  const { sql } = context.tx
  // In one order, so that two newcomers wait for one another rather than deadlock.
  const channels = await sql<{ id: Id }>`SELECT id FROM conversations WHERE for_everyone ORDER BY id`
  for (const { id } of channels) {
    await lockConversation(sql, id)
    const [still] = await sql`SELECT FROM conversations WHERE id = ${id} AND for_everyone`
    if (still) await addPeople(context, id, [{ person, role: 'member' }])
  }
}
