import { type ConversationChanges, LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { oneLineOrNothing } from '../one-line.ts'
import { heldMember } from './access.ts'
import { zChannelName } from './channel-name.ts'
import { entityOf } from './entity.ts'
import { requireChannel, requireManager, requireOpen } from './policy.ts'
import { writeChanges } from './write-changes.ts'

type Changed = { before: ConversationChanges; after: ConversationChanges }

/** Any member says what a channel is about; its owners name it, and close it to those who were not invited. */
export const changeChannel = command({
  name: 'conversation.change',
  input: z.strictObject({
    conversation: zId,
    name: zChannelName.optional(),
    topic: oneLineOrNothing(LIMITS.conversationTopic).optional(),
    purpose: oneLineOrNothing(LIMITS.conversationTopic).optional(),
    kind: z.enum(['public', 'private']).optional(),
  }),
  access: heldMember,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ scope, result: { before, after } }: { scope: MyConversation; result: Changed }) =>
    Object.keys(after).length === 0
      ? null
      : { action: 'conversation.changed', entity: entityOf(scope.conversation), before, after },
  async run(context, { conversation, ...changes }): Promise<Changed> {
    const { scope } = context
    requireChannel(scope.conversation)
    requireOpen(scope.conversation)
    if (changes.name !== undefined || changes.kind !== undefined) requireManager(scope)
    if (changes.kind === 'public' && scope.conversation.kind === 'private')
      throw new ParleyError(
        'conflict',
        'A private channel stays private: what was said in it was said to its members.',
      )
    return writeChanges(context, conversation, changes)
  },
})
