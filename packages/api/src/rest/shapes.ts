import { ERRORS, type ErrorCode, LIMITS, zEmoji, zId, zText } from '@parley/protocol'
import { z } from 'zod'

/**
 * What the REST API says and takes. Registered shapes have a name in the OpenAPI document. Answers may gain fields in
 * time, so they are not strict; what is taken is.
 */
export const NAMED = z.registry<{ id: string }>()
const named = <S extends z.ZodType>(id: string, shape: S): S => {
  NAMED.add(shape, { id })
  return shape
}

export const id = zId.describe('An id: 64 bits as a decimal string.')
const time = z.int().describe('Unix milliseconds.')

const Reaction = named('Reaction', z.object({ emoji: z.string(), people: z.array(id) }))
const FileCard = named(
  'File',
  z.object({
    id,
    name: z.string(),
    type: z.string().describe('Media type, found in the content and not taken from the name.'),
    size: z.int().describe('Bytes.'),
    width: z.int().nullable(),
    height: z.int().nullable(),
  }),
)
const Thread = named(
  'Thread',
  z.object({
    replies: z.int(),
    lastAt: time,
    people: z.array(id).describe('The first five who replied.'),
  }),
)

export const Message = named(
  'Message',
  z.object({
    id,
    conversation: id,
    root: id.nullable().describe('The message that this one replies to; null outside threads.'),
    sender: id,
    text: z
      .string()
      .describe('Markdown. `<@ID>` is a person, `<#ID>` a conversation, `<!channel>` everyone in it.'),
    at: time,
    editedAt: time.nullable(),
    gone: z
      .enum(['deleted', 'expired'])
      .nullable()
      .describe('Why the text is empty: deleted by a person, or by retention.'),
    seq: z.int().describe('Place among all messages of the conversation, from 1, without gaps.'),
    ordinal: z.int().describe('Place among the roots, or within the thread, from 1, without gaps.'),
    version: z.int().describe('The version of the conversation at this message’s last change.'),
    mentions: z.array(id).describe('People mentioned; `0` stands for everyone.'),
    reactions: z.array(Reaction),
    files: z.array(FileCard),
    thread: Thread.nullable(),
    pinned: z.boolean(),
  }),
)
export const Posted = named(
  'Posted',
  z.object({
    id,
    conversation: id,
    root: id.nullable(),
    at: time,
    seq: z.int(),
    ordinal: z.int(),
    version: z.int(),
  }),
)
export const Me = named(
  'Me',
  z.object({
    id: id.describe('The bot that the token acts as.'),
    name: z.string(),
    title: z.string(),
    kind: z.literal('bot'),
    organisation: z.string(),
    token: z.object({ id, name: z.string(), scopes: z.array(z.string()), expiresAt: time.nullable() }),
  }),
)
export const Failure = named(
  'Error',
  z.object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as ErrorCode[]).describe('For programs. The list is closed.'),
      message: z.string().describe('For people: what is wrong and what to do.'),
      field: z.string().optional().describe('Where in the request, when one part is to blame.'),
      retryAfter: z.int().optional().describe('Seconds to wait before trying again.'),
    }),
  }),
)

const NEXT = 'Hand it over as `cursor` for the next page; null on the last.'
export const pageOf = <S extends z.ZodType>(name: string, item: S) =>
  named(name, z.object({ items: z.array(item), next: z.string().nullable().describe(NEXT) }))

export const MessagePage = pageOf('MessagePage', Message)

const LIMIT = z.coerce.number().int().min(1).max(LIMITS.historyPage)
export const zPaging = z.strictObject({
  cursor: z.string().max(500).optional().describe('`next` of the page before; none for the first.'),
  limit: LIMIT.optional().describe('How many to answer; 50 unless said.'),
})

export const NewMessage = named(
  'NewMessage',
  z.strictObject({
    text: zText.describe('Markdown, at most 20,000 characters; not empty unless there are files.'),
    root: id.optional().describe('The message to reply to.'),
    files: z.array(id).max(LIMITS.filesPerMessage).optional().describe('Files that this bot has uploaded.'),
  }),
)
export const Edit = named('Edit', z.strictObject({ text: zText.describe('The whole new text.') }))
export const emoji = zEmoji.describe('One emoji (percent-encoded) or its short name.')
