import { zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { heldReadable, type Readable } from './access.ts'
import { addPeople } from './add-people.ts'
import { entityOf } from './entity.ts'
import { requireOpen } from './policy.ts'

type Joined = { joined: boolean }

/** Joins a public channel. Its history can be read from the first message on; none of it counts as unread. */
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
    const joined = await addPeople(context, conversation, [{ person: scope.me.id, role: 'member' }])
    return { joined: joined.length > 0 }
  },
})
