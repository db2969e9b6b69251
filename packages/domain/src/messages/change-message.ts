import { writeMentions, writeMessage } from '@parley/db/queries/change-message'
import { messageById } from '@parley/db/queries/messages'
import { takeVersion } from '@parley/db/queries/take-version'
import { type Id, type Message, ParleyError } from '@parley/protocol'
import type { Run } from '../command.ts'
import type { HeldConversation } from '../conversations/access.ts'

type Changes = Partial<
  Pick<Message, 'text' | 'mentions' | 'editedAt' | 'gone' | 'reactions' | 'pinned' | 'files'>
>

/**
 * The one way in which a message changes: with the conversation held, with its next version, told as the
 * whole new state. `change` sees the message as it is under the lock; null means that there is nothing to do,
 * and then no version is taken, since a version without an event would look like a loss.
 */
export async function changeMessage(
  { tx, tell, scope }: Pick<Run<HeldConversation>, 'tx' | 'tell' | 'scope'>,
  id: Id,
  change: (message: Message) => Changes | null,
): Promise<{ before: Message; after: Message }> {
  const conversation = scope.conversation.id
  if (scope.conversation.archived)
    throw new ParleyError('conflict', 'This conversation is archived; nothing in it can be changed.')
  const before = await messageById(tx.connection, null, conversation, id)
  if (!before || before.gone)
    throw new ParleyError('not_found', 'There is no such message, or it was deleted.')
  const changes = change(before)
  if (!changes) return { before, after: before }
  const after: Message = { ...before, ...changes, version: await takeVersion(tx.sql, conversation) }
  await writeMessage(tx.sql, after)
  if (changes.mentions) await writeMentions(tx.sql, after)
  tell.conversation(conversation, {
    version: after.version,
    type: 'message.changed',
    message: after,
    was: before.mentions,
  })
  return { before, after }
}
