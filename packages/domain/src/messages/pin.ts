import { zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { heldMember } from '../conversations/access.ts'
import { changeMessage } from './change-message.ts'

const input = z.strictObject({ conversation: zId, message: zId, on: z.boolean() })

/** Pins a message for everyone in the conversation, or takes the pin out. */
export const pin = command({
  name: 'message.pin',
  input,
  access: heldMember,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'a pin is visible to everyone in the conversation' },
  async run(context, { message, on }) {
    const { after } = await changeMessage(context, message, (m) => (m.pinned === on ? null : { pinned: on }))
    return after
  },
})
