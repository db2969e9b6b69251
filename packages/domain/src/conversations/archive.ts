import { zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { heldMember } from './access.ts'
import { entityOf } from './entity.ts'
import { requireChannel, requireManager } from './policy.ts'
import { writeChanges } from './write-changes.ts'

const input = z.strictObject({ conversation: zId, archived: z.boolean() })
type Done = { scope: MyConversation; input: z.infer<typeof input>; result: { changed: boolean } }

/** Archives a channel, so that it can be read and left but nothing in it changes; or restores it. */
export const archiveChannel = command({
  name: 'conversation.archive',
  input,
  access: heldMember,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ scope, input: { archived }, result }: Done) =>
    result.changed
      ? {
          action: archived ? 'conversation.archived' : 'conversation.restored',
          entity: entityOf(scope.conversation),
        }
      : null,
  async run(context, { conversation, archived }): Promise<{ changed: boolean }> {
    requireChannel(context.scope.conversation)
    requireManager(context.scope)
    const { after } = await writeChanges(context, conversation, { archived })
    return { changed: after.archived !== undefined }
  },
})
