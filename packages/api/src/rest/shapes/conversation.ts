import { LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { count, id, named, pageOf, say, time } from './named.ts'

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
export const Created = named('Created', z.object({ id, kind, name: say('releases') }))
export const Opened = named(
  'Opened',
  z.object({ id, created: z.boolean().describe('It was not there before.') }),
)
export const Joined = named('Joined', z.object({ joined: z.array(id).describe('Who was not in it before.') }))

export const ConversationPage = pageOf('ConversationPage', Conversation)
export const ChannelPage = pageOf('ChannelPage', Channel)
export const MemberPage = pageOf('MemberPage', Member)

const people = z.array(id).min(1).max(100)
export const NewChannel = named(
  'NewChannel',
  z.strictObject({
    kind: z.enum(['public', 'private']),
    name: z
      .string()
      .max(LIMITS.conversationName * 2)
      .describe('Made lower case, words joined by hyphens.'),
    topic: z.string().max(LIMITS.conversationTopic).optional(),
    purpose: z.string().max(LIMITS.conversationTopic).optional(),
    people: people.optional().describe('Who is in it from the beginning, beside the bot.'),
  }),
)
export const Invitation = named('Invitation', z.strictObject({ people }))
