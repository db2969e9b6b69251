import { LIMITS, zText } from '@parley/protocol'
import { z } from 'zod'
import { FileCard } from './file.ts'
import { count, id, named, pageOf, say, time } from './named.ts'

const Reaction = named('Reaction', z.object({ emoji: say('🎉'), people: z.array(id) }))
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

export const Hit = named(
  'Hit',
  z.object({
    message: id,
    conversation: id,
    root: id.nullable(),
    sender: id,
    at: time,
    seq: count(214),
    ordinal: count(180),
    snippet: say('Build 214 is «green».').describe(
      'Plain text around what was found, which stands between « and ».',
    ),
  }),
)

export const MessagePage = pageOf('MessagePage', Message)
export const HitPage = pageOf('HitPage', Hit)

export const NewMessage = named(
  'NewMessage',
  z.strictObject({
    text: zText.describe('Markdown; not empty unless there are files.'),
    root: id.optional().describe('The message to reply to.'),
    files: z.array(id).max(LIMITS.filesPerMessage).optional().describe('Files that this bot has uploaded.'),
  }),
)
export const Edit = named('Edit', z.strictObject({ text: zText.describe('The whole new text.') }))
