import { zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../../command.ts'
import { administered } from '../access.ts'
import { archivedAudit } from '../archived-audit.ts'
import { writeChanges } from '../write-changes.ts'

/** An administrator, a member or not, archives a channel or restores it. */
export const archiveAnyChannel = command({
  name: 'conversation.archiveAny',
  input: z.strictObject({ conversation: zId, archived: z.boolean() }),
  access: administered,
  limit: 'administration',
  tokens: 'never',
  audit: archivedAudit,
  async run(context, { conversation, archived }): Promise<{ changed: boolean }> {
    const { after } = await writeChanges(context, conversation, { archived })
    return { changed: after.archived !== undefined }
  },
})
