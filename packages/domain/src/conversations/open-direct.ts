import { conversationOf } from '@parley/db/queries/conversations/direct-key'
import { insertConversation } from '@parley/db/queries/conversations/insert-conversation'
import { type Id, LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { command } from '../command.ts'
import { addPeople } from './add-people.ts'
import { directKeyOf } from './direct-key.ts'
import { requireWelcome } from './welcome.ts'

/** `created`: it was not there before. */
type Opened = { id: Id; created: boolean }

/**
 * The conversation between me and these people: with one of them direct, with nobody else my own notes, with more a
 * group. There is one of each, also when all of them open it at the same moment.
 */
export const openDirect = command({
  name: 'conversation.openDirect',
  input: z.strictObject({ people: z.array(zId).min(1).max(LIMITS.groupMembers) }),
  access: signedIn,
  limit: 'write',
  tokens: 'conversations:write',
  audit: { none: 'that people talk to one another is no act of administration' },
  async run(context, { people }): Promise<Opened> {
    const { tx, scope, deps } = context
    const all = withMe(people, scope.me.id)
    const directKey = directKeyOf(all)
    const there = await conversationOf(tx.sql, directKey)
    if (there !== null) return { id: there, created: false }
    await requireWelcome(tx.sql, all)
    const id = deps.newId()
    const made = await insertConversation(tx.sql, {
      ...{ id, kind: all.length > 2 ? 'group' : 'direct', name: null, topic: '', purpose: '', directKey },
      ...{ createdBy: scope.me.id, now: deps.now() },
    })
    if (!made) return { id: (await conversationOf(tx.sql, directKey))!, created: false }
    await addPeople(
      context,
      id,
      all.map((person) => ({ person, role: 'member' })),
    )
    return { id, created: true }
  },
})

/** Each once, me among them. */
function withMe(people: readonly Id[], me: Id): Id[] {
  const all = [...new Set([me, ...people])]
  if (all.length <= LIMITS.groupMembers) return all
  const says = `people: A group has at most ${LIMITS.groupMembers} people, you included. Make a channel instead.`
  throw new ParleyError('bad_input', says, { field: 'people' })
}
