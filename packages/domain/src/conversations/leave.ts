import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { heldMember } from './access.ts'
import { endMembership } from './end-membership.ts'
import { entityOf } from './entity.ts'
import { requireAnotherOwner } from './last-owner.ts'
import { isChannel } from './policy.ts'

/** Leaves a channel or a group, also one that is archived. A direct conversation stays. */
export const leaveConversation = command({
  name: 'conversation.leave',
  input: z.strictObject({ conversation: zId }),
  access: heldMember,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ scope }: { scope: MyConversation }) => ({
    action: 'conversation.left',
    entity: entityOf(scope.conversation),
  }),
  async run(context): Promise<void> {
    const { me, conversation, role } = context.scope
    if (conversation.kind === 'direct')
      throw new ParleyError('conflict', 'A direct conversation cannot be left. You can mute it.')
    if (isChannel(conversation.kind) && role === 'owner')
      await requireAnotherOwner(context.tx.sql, conversation.id, me.id)
    await endMembership(context, conversation, me.id)
  },
})
