import { zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { heldMember } from './access.ts'
import { archivedAudit } from './archived-audit.ts'
import { requireChannel, requireManager } from './policy.ts'
import { writeChanges } from './write-changes.ts'

/** Archives a channel, so that it can be read and left but nothing in it changes; or restores it. */
export const archiveChannel = command({
  name: 'conversation.archive',
  input: z.strictObject({ conversation: zId, archived: z.boolean() }),
  access: heldMember,
  limit: 'write',
  tokens: 'conversations:write',
  audit: archivedAudit,
  async run(context, { conversation, archived }): Promise<{ changed: boolean }> {
    requireChannel(context.scope.conversation)
    requireManager(context.scope)
    const { after } = await writeChanges(context, conversation, { archived })
    return { changed: after.archived !== undefined }
  },
})
