import { type FirstContent, firstContent } from '@parley/db/queries/first-content'
import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { grouped } from '../command.ts'
import { notEmpty, sendInput, sendMessage } from './send-message.ts'
import type { Sent } from './writer.ts'

const input = z.strictObject({ ...sendInput.shape, id: sendInput.shape.id.optional() })
type Input = z.infer<typeof input>

/**
 * `sendMessage` for programs. `id` is a key of theirs: with the same one and the same content they get the first result;
 * another content under it is a mistake of theirs, which would otherwise be lost without a word
 * (draft-ietf-httpapi-idempotency-key-header §2.7). Without a key each call posts.
 */
export const sendOnce = grouped<Input, Sent>({
  name: 'message.sendOnce',
  input: notEmpty(input),
  access: signedIn,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'the message is its own record' },
  async run(context, { id, ...input }) {
    const sent = await sendMessage.run(context, { ...input, id: id ?? crypto.randomUUID() })
    if (id === undefined) return sent
    const first = await firstContent(context.deps.db.sql, input.conversation, sent.message)
    if (first && !isSame(first, input)) throw new ParleyError('key_reused')
    return sent
  },
})

const isSame = (first: FirstContent, again: Pick<Input, 'text' | 'root' | 'files'>): boolean =>
  first.text === again.text &&
  first.root === (again.root ?? null) &&
  (first.files === null || first.files.toSorted().join() === (again.files ?? []).toSorted().join())
