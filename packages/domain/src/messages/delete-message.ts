import { keepVersion } from '@parley/db/queries/change-message'
import { type Message, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { heldMember } from '../conversations/access.ts'
import { may } from '../permissions.ts'
import { changeMessage } from './change-message.ts'

const input = z.strictObject({ conversation: zId, message: zId })

/** The sender, an owner of the channel, or who manages conversations. */
function mayDelete({ me, role }: MyConversation, message: Message): boolean {
  if (message.sender === me.id || role === 'owner') return true
  return me.kind === 'person' && may(me.role, 'conversations.manage')
}

/** Leaves a tombstone in the message's place; what it said is kept for those who must answer for it. */
export const deleteMessage = command({
  name: 'message.delete',
  input,
  access: heldMember,
  limit: 'message',
  tokens: 'messages:write',
  audit: ({ scope, result }: { scope: MyConversation; result: Message }) =>
    result.sender === scope.me.id
      ? null
      : {
          action: 'message.deleted',
          entity: { kind: 'conversation', id: scope.conversation.id, name: scope.conversation.name ?? '' },
          after: { message: result.id, sender: result.sender },
        },
  async run(context, { message }): Promise<Message> {
    const { scope, tx } = context
    const { before, after } = await changeMessage(context, message, (m) => {
      if (!mayDelete(scope, m))
        throw new ParleyError(
          'not_allowed',
          'Only its sender or an owner of the channel may delete a message.',
        )
      return { text: '', mentions: [], reactions: [], files: [], gone: 'deleted', pinned: false }
    })
    await keepVersion(tx.sql, before, after.version, 'deleted', scope.me.id)
    return after
  },
})
