import { insertConversation } from '@parley/db/queries/conversations/insert-conversation'
import type { Id } from '@parley/protocol'
import { type Adding, addPeople } from '../conversations/add-people.ts'
import { joinForEveryone } from '../conversations/join-for-everyone.ts'

const NAME = 'general'
const PURPOSE = 'For everybody, about anything.'

/**
 * The channel that everything begins in, and that whoever comes later joins; its owner is the first member.
 * Where an import has brought a public channel of that name, that one is it, and the owner joins.
 * @returns null when it was there
 */
export async function makeFirstChannel(context: Adding, owner: Id): Promise<Id | null> {
  const { tx, deps } = context
  const id = deps.newId()
  const made = await insertConversation(tx.sql, {
    ...{ id, kind: 'public', name: NAME, topic: '', purpose: PURPOSE, directKey: null },
    ...{ createdBy: owner, now: deps.now() },
  })
  await tx.sql`
    UPDATE conversations SET for_everyone = true
    WHERE lower(name) = ${NAME} AND kind = 'public' AND archived_at IS NULL`
  if (!made) {
    await joinForEveryone(context, owner)
    return null
  }
  await addPeople(context, id, [{ person: owner, role: 'owner' }])
  return id
}
