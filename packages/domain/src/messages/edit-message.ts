import { keepVersion } from '@parley/db/queries/change-message'
import { mentionsIn, ParleyError, zId, zText } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { heldMember } from '../conversations/access.ts'
import { changeMessage } from './change-message.ts'

const input = z.strictObject({ conversation: zId, message: zId, text: zText.min(1, 'must not be empty') })

/** Its sender rewrites a message; what it said before is kept. */
export const editMessage = command({
  name: 'message.edit',
  input,
  access: heldMember,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'message_versions keeps what it said before' },
  async run(context, { message, text }) {
    const { me } = context.scope
    const { before, after } = await changeMessage(context, message, (m) => {
      if (m.sender !== me.id) throw new ParleyError('not_allowed', 'Only its sender may edit a message.')
      if (m.text === text) return null
      return { text, mentions: mentionsIn(text), editedAt: context.deps.now().getTime() }
    })
    if (after !== before) await keepVersion(context.tx.sql, before, after.version, 'edited', me.id)
    return after
  },
})
