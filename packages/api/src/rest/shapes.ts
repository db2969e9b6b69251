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

export const id = zId.meta({
  description: 'An id: 64 bits as a decimal string.',
  examples: ['1574839201234567168'],
})
const time = z.int().meta({ description: 'Unix milliseconds.', examples: [1_795_507_200_000] })
const say = (example: string) => z.string().meta({ examples: [example] })
const count = (example: number) => z.int().meta({ examples: [example] })

const Reaction = named('Reaction', z.object({ emoji: say('🎉'), people: z.array(id) }))
const FileCard = named(
  'File',
  z.object({
    id,
    name: say('report.pdf'),
    type: say('application/pdf').describe('Media type, found in the content and not taken from the name.'),
    size: count(48_213).describe('Bytes.'),
    width: z.int().nullable(),
    height: z.int().nullable(),
  }),
)
const Thread = named(
  'Thread',
  z.object({
    replies: count(3),
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
    text: say('Build **214** is green.').describe(
      'Markdown. `<@ID>` is a person, `<#ID>` a conversation, `<!channel>` everyone in it.',
    ),
    at: time,
    editedAt: time.nullable(),
    gone: z
      .enum(['deleted', 'expired'])
      .nullable()
      .describe('Why the text is empty: deleted by a person, or by retention.'),
    seq: count(214).describe('Place among all messages of the conversation, from 1, without gaps.'),
    ordinal: count(180).describe('Place among the roots, or within the thread, from 1, without gaps.'),
    version: count(260).describe('The version of the conversation at this message’s last change.'),
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
    seq: count(214),
    ordinal: count(180),
    version: count(260),
  }),
)
export const Me = named(
  'Me',
  z.object({
    id: id.describe('The bot that the token acts as.'),
    name: say('Build bot'),
    title: say('Reports builds'),
    kind: z.literal('bot'),
    organisation: say('Example Ltd'),
    token: z.object({
      id,
      name: say('builds'),
      scopes: z.array(say('messages:write')),
      expiresAt: time.nullable(),
    }),
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

const kind = z.enum(['direct', 'group', 'private', 'public'])
export const Conversation = named(
  'Conversation',
  z.object({
    id,
    kind,
    name: say('releases').nullable().describe('Null for direct and group conversations.'),
    topic: say('What goes out when'),
    purpose: say('For everything about releases.'),
    archived: z.boolean(),
    createdAt: time,
    createdBy: id,
    lastAt: time.describe('When something was last said, in Unix milliseconds.'),
    memberCount: count(42),
    people: z.array(id).describe('Who takes part in a direct or group conversation; empty for channels.'),
    version: count(260).describe('How often anything in it has changed.'),
    seq: count(214).describe('Messages ever posted in it.'),
    member: z.boolean().describe('Whether the bot is a member.'),
  }),
)
export const Channel = named(
  'Channel',
  z.object({
    id,
    name: say('releases'),
    topic: say('What goes out when'),
    purpose: say('For everything about releases.'),
    archived: z.boolean(),
    memberCount: count(42),
    joined: z.boolean().describe('Whether the bot is a member.'),
  }),
)
export const Member = named('Member', z.object({ person: id, role: z.enum(['owner', 'member']) }))
export const Person = named(
  'Person',
  z.object({
    id,
    name: say('Alice Ames'),
    title: say('Release manager'),
    kind: z.enum(['person', 'bot']),
    status: z.enum(['active', 'invited', 'imported', 'deactivated']),
  }),
)
export const Done = named('Done', z.object({ ok: z.literal(true) }))

const NEXT = 'Hand it over as `cursor` for the next page; null on the last.'
const pageOf = <S extends z.ZodType>(name: string, item: S) =>
  named(name, z.object({ items: z.array(item), next: z.string().nullable().describe(NEXT) }))

export const MessagePage = pageOf('MessagePage', Message)
export const ConversationPage = pageOf('ConversationPage', Conversation)
export const ChannelPage = pageOf('ChannelPage', Channel)
export const MemberPage = pageOf('MemberPage', Member)
export const PersonPage = pageOf('PersonPage', Person)

const LIMIT = z.coerce.number().int().min(1).max(LIMITS.historyPage)
export const zPaging = z.strictObject({
  cursor: z.string().max(1_000).optional().describe('`next` of the page before; none for the first.'),
  limit: LIMIT.optional().describe('How many to answer at most.'),
})
export const zSearch = zPaging.extend({
  query: z.string().max(80).optional().describe('Somewhere in the name.'),
})
export const inConversation = z.strictObject({ conversation: id })

export const NewMessage = named(
  'NewMessage',
  z.strictObject({
    text: zText.describe('Markdown; not empty unless there are files.'),
    root: id.optional().describe('The message to reply to.'),
    files: z.array(id).max(LIMITS.filesPerMessage).optional().describe('Files that this bot has uploaded.'),
  }),
)
export const Edit = named('Edit', z.strictObject({ text: zText.describe('The whole new text.') }))
export const emoji = zEmoji.describe('One emoji (percent-encoded) or its short name.')
