import { browse, joinChannel, leaveConversation, members } from '@parley/domain/conversations/index'
import { oneConversation, pageThroughMine } from '@parley/domain/integrations/my-conversations'
import { type Endpoint, endpoint } from '../endpoint.ts'
import {
  ChannelPage,
  Conversation,
  ConversationPage,
  Done,
  inConversation,
  MemberPage,
  zPaging,
  zSearch,
} from '../shapes.ts'

export const conversationEndpoints: Endpoint[] = [
  endpoint({
    ...{ method: 'GET', path: '/conversations', name: 'listConversations', group: 'Conversations' },
    summary: 'Conversations that the bot is a member of, the newest made first',
    ...{ query: zPaging, status: 200, answer: ConversationPage },
    act: pageThroughMine,
    input: ({ query }) => query,
  }),
  endpoint({
    ...{ method: 'GET', path: '/conversations/{conversation}', name: 'getConversation' },
    ...{ group: 'Conversations', summary: 'One conversation' },
    details: ['One that the bot is a member of, or a public channel.'],
    ...{ params: inConversation, status: 200, answer: Conversation, errors: ['not_found'] },
    act: oneConversation,
    input: ({ params }) => params,
  }),
  endpoint({
    ...{ method: 'GET', path: '/conversations/{conversation}/members', name: 'listMembers' },
    ...{ group: 'Conversations', summary: 'Who is in it: owners first, then by name' },
    ...{ params: inConversation, query: zSearch, status: 200, answer: MemberPage, errors: ['not_found'] },
    act: members,
    input: ({ params, query }) => ({ ...params, ...query }),
  }),
  endpoint({
    ...{ method: 'POST', path: '/conversations/{conversation}/join', name: 'joinConversation' },
    ...{ group: 'Conversations', summary: 'Join a public channel' },
    details: ['Into anything else a member must invite the bot. Joining twice changes nothing.'],
    ...{ params: inConversation, status: 200, answer: Done, errors: ['not_found', 'conflict'] },
    act: joinChannel,
    input: ({ params }) => params,
    shape: () => ({ ok: true }),
  }),
  endpoint({
    ...{ method: 'POST', path: '/conversations/{conversation}/leave', name: 'leaveConversation' },
    ...{ group: 'Conversations', summary: 'Leave a channel or a group' },
    ...{ params: inConversation, status: 200, answer: Done, errors: ['not_found', 'conflict'] },
    act: leaveConversation,
    input: ({ params }) => params,
    shape: () => ({ ok: true }),
  }),
  endpoint({
    ...{ method: 'GET', path: '/channels', name: 'listChannels', group: 'Conversations' },
    summary: 'Public channels, in the order of their names',
    details: ['Those that the bot may join. Archived ones are left out.'],
    ...{ query: zSearch, status: 200, answer: ChannelPage },
    act: browse,
    input: ({ query }) => query,
  }),
]
