import { messageById } from '@parley/db/queries/messages'
import { type Message, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { query } from '../command.ts'

/** One message as it is now. What is gone keeps its place and says so. */
export const oneMessage = query({
  name: 'message.one',
  input: z.strictObject({ conversation: zId, message: zId }),
  access: memberOf,
  limit: 'read',
  tokens: 'messages:read',
  async run({ tx, scope: { me } }, { conversation, message }): Promise<Message> {
    const found = await messageById(tx.connection, me.id, conversation, message)
    if (!found) throw new ParleyError('not_found')
    return found
  },
})
