import { zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { command } from '../command.ts'
import { changeMessage } from './change-message.ts'

const input = z.strictObject({ conversation: zId, message: zId, on: z.boolean() })

/** Pins a message for everyone in the conversation, or takes the pin out. */
export const pin = command({
  name: 'message.pin',
  input,
  access: memberOf,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'a pin is visible to everyone in the conversation' },
  async run(context, { message, on }) {
    const { after } = await changeMessage(context, message, (m) => (m.pinned === on ? null : { pinned: on }))
    return after
  },
})
