import { conversationOf } from '@parley/db/queries/conversations/direct-key'
import { type Id, LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { heldMember } from './access.ts'
import { addPeople } from './add-people.ts'
import { directKeyOf } from './direct-key.ts'
import { entityOf } from './entity.ts'
import { requireOpen } from './policy.ts'
import { rekeyGroup } from './rekey-group.ts'
import { requireWelcome } from './welcome.ts'

/** People brought in by one act. */
export const PEOPLE_AT_ONCE = 100

type Invited = { joined: Id[] }

/** A member brings others in; they may read all of the history. */
export const inviteToConversation = command({
  name: 'conversation.invite',
  input: z.strictObject({ conversation: zId, people: z.array(zId).min(1).max(PEOPLE_AT_ONCE) }),
  access: heldMember,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ scope, result }: { scope: MyConversation; result: Invited }) =>
    result.joined.length === 0
      ? null
      : {
          action: 'conversation.invited',
          entity: entityOf(scope.conversation),
          after: { people: result.joined },
        },
  async run(context, { conversation, people }): Promise<Invited> {
    const { tx, scope } = context
    requireOpen(scope.conversation)
    if (scope.conversation.kind === 'direct')
      throw new ParleyError('conflict', 'This is between you two. Open a group with the others instead.')
    await requireWelcome(tx.sql, people)
    const isGroup = scope.conversation.kind === 'group'
    if (isGroup) await requireRoom(context, conversation, people)
    const joining = [...new Set(people)].map((person) => ({ person, role: 'member' as const }))
    const joined = await addPeople(context, conversation, joining)
    if (isGroup && joined.length > 0) await rekeyGroup(tx.sql, conversation)
    return { joined }
  },
})

/** There is one group of the same people, and a bound to how many they are. */
async function requireRoom(
  { tx }: Pick<Parameters<typeof addPeople>[0], 'tx'>,
  group: Id,
  people: readonly Id[],
): Promise<void> {
  const [row] = await tx.sql<{ people: Id[] }>`SELECT people FROM conversations WHERE id = ${group}`
  const all = [...new Set([...row!.people, ...people])]
  if (all.length > LIMITS.groupMembers)
    throw new ParleyError(
      'conflict',
      `A group has at most ${LIMITS.groupMembers} people. Make a channel instead.`,
    )
  const other = await conversationOf(tx.sql, directKeyOf(all))
  if (other !== null && other !== group)
    throw new ParleyError('conflict', 'There is a group of exactly these people already.')
}
