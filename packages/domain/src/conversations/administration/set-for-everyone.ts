import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../../command.ts'
import { type Administered, administered } from '../access.ts'
import { entityOf } from '../entity.ts'
import { requireOpen } from '../policy.ts'

const input = z.strictObject({ conversation: zId, forEveryone: z.boolean() })
type Done = { scope: Administered; input: z.infer<typeof input>; result: { changed: boolean } }

/** Whether new members of the organisation join a public channel at once. Who is here already stays as they are. */
export const setForEveryone = command({
  name: 'conversation.setForEveryone',
  input,
  access: administered,
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, input: { forEveryone }, result }: Done) =>
    result.changed
      ? {
          action: 'conversation.changed',
          entity: entityOf(scope.conversation),
          before: { forEveryone: !forEveryone },
          after: { forEveryone },
        }
      : null,
  async run({ tx, scope }, { conversation, forEveryone }): Promise<{ changed: boolean }> {
    if (forEveryone) {
      requireOpen(scope.conversation)
      if (scope.conversation.kind !== 'public')
        throw new ParleyError('conflict', 'Only a public channel can be for everyone.')
    }
    const rows = await tx.sql`
      UPDATE conversations SET for_everyone = ${forEveryone}
      WHERE id = ${conversation} AND for_everyone <> ${forEveryone} RETURNING id`
    return { changed: rows.length > 0 }
  },
})
