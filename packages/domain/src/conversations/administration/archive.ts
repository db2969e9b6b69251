import { zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../../command.ts'
import { type Administered, administered } from '../access.ts'
import { entityOf } from '../entity.ts'
import { writeChanges } from '../write-changes.ts'

const input = z.strictObject({ conversation: zId, archived: z.boolean() })
type Done = { scope: Administered; input: z.infer<typeof input>; result: { changed: boolean } }

/** An administrator, a member or not, archives a channel or restores it. */
export const archiveAnyChannel = command({
  name: 'conversation.archiveAny',
  input,
  access: administered,
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, input: { archived }, result }: Done) =>
    result.changed
      ? {
          action: archived ? 'conversation.archived' : 'conversation.restored',
          entity: entityOf(scope.conversation),
        }
      : null,
  async run(context, { conversation, archived }): Promise<{ changed: boolean }> {
    const { after } = await writeChanges(context, conversation, { archived })
    return { changed: after.archived !== undefined }
  },
})
