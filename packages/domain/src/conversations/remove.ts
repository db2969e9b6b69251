import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { heldMember } from './access.ts'
import { endMembership } from './end-membership.ts'
import { entityOf } from './entity.ts'
import { requireAnotherOwner } from './last-owner.ts'
import { roleOf } from './member-role.ts'
import { requireChannel, requireManager } from './policy.ts'

const input = z.strictObject({ conversation: zId, person: zId })

/** Takes somebody out of a channel. From the commit on nothing of it reaches them. */
export const removeFromChannel = command({
  name: 'conversation.remove',
  input,
  access: heldMember,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ scope, input: { person } }: { scope: MyConversation; input: z.infer<typeof input> }) => ({
    action: 'conversation.removed',
    entity: entityOf(scope.conversation),
    before: { person },
  }),
  async run(context, { conversation, person }): Promise<void> {
    const { tx, scope } = context
    requireChannel(scope.conversation)
    requireManager(scope)
    if (person === scope.me.id)
      throw new ParleyError('bad_input', 'person: To go yourself, leave the channel.')
    if ((await roleOf(tx.sql, conversation, person)) === 'owner')
      await requireAnotherOwner(tx.sql, conversation, person)
    await endMembership(context, scope.conversation, person)
  },
})
