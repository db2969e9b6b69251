import { LIMITS, ParleyError, zId, zText } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { grouped } from '../command.ts'
import type { Sent } from './writer.ts'

export const sendInput = z.strictObject({
  /** The client id: a retry carries the same and gets the first result. */
  id: z.uuid(),
  conversation: zId,
  root: zId.optional(),
  text: zText,
  files: z.array(zId).max(LIMITS.filesPerMessage).optional(),
})
type SendInput = z.infer<typeof sendInput>

/** A message says something, or brings something. */
export const notEmpty = <Shape extends z.ZodType<Pick<SendInput, 'text' | 'files'>>>(shape: Shape): Shape =>
  shape.refine((input) => input.text.trim() !== '' || (input.files?.length ?? 0) > 0, {
    path: ['text'],
    message: 'must not be empty',
  })

const SAYS = {
  not_found: 'There is no such conversation or thread, or you are not a member of it.',
  conflict: 'This conversation is archived; nothing can be posted in it.',
  bad_input:
    'files: one of them is not yours to attach, was not uploaded completely, or is attached already.',
} as const

/**
 * Sends one message. Accepted means durable, numbered and never repeated.
 * Membership, archive and files are judged inside the statement that writes it, under the conversation's lock.
 */
export const sendMessage = grouped<SendInput, Sent>({
  name: 'message.send',
  input: notEmpty(sendInput),
  access: signedIn,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'the message is its own record' },
  async run({ scope, deps }, { id, root, files, ...input }) {
    const settled = await deps.messages.send({
      ...input,
      client: id,
      sender: scope.me.id,
      root: root ?? null,
      files: files ?? [],
    })
    if (settled.ok) return settled.sent
    throw new ParleyError(settled.code, SAYS[settled.code as keyof typeof SAYS])
  },
})
