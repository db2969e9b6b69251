import type { Sql } from '@parley/db'
import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { heldReadable, type Readable } from './access.ts'
import { addPeople } from './add-people.ts'
import { entityOf } from './entity.ts'
import { requireOpen } from './policy.ts'

type Joined = { joined: boolean }

/**
 * Joins a public channel. Its history can be read from the first message on; none of it counts as unread.
 * Whoever comes into a channel that everybody has left owns it.
 */
export const joinChannel = command({
  name: 'conversation.join',
  input: z.strictObject({ conversation: zId }),
  access: heldReadable,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ scope, result }: { scope: Readable; result: Joined }) =>
    result.joined ? { action: 'conversation.joined', entity: entityOf(scope.conversation) } : null,
  async run(context, { conversation }): Promise<Joined> {
    const { scope } = context
    if (scope.member) return { joined: false }
    requireOpen(scope.conversation)
    const role = (await isEmpty(context.tx.sql, conversation)) ? 'owner' : 'member'
    const joined = await addPeople(context, conversation, [{ person: scope.me.id, role }])
    return { joined: joined.length > 0 }
  },
})

async function isEmpty(sql: Sql, conversation: Id): Promise<boolean> {
  const [row] = await sql<{
    member_count: number
  }>`SELECT member_count FROM conversations WHERE id = ${conversation}`
  return row?.member_count === 0
}
