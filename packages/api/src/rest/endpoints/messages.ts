import {
  deleteMessage,
  editMessage,
  newestMessages,
  newestThreadReplies,
  oneMessage,
  react,
  search,
  sendOnce,
} from '@parley/domain/messages/index'
import type { NewestPage } from '@parley/domain/messages/newest'
import type { z } from 'zod'
import { readCursor, writeCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import {
  Edit,
  HitPage,
  inConversation,
  Message,
  MessagePage,
  NewMessage,
  ofMessage,
  ofReaction,
  Posted,
  zPaging,
  zSearched,
} from '../shapes/index.ts'

const toPage = ({ items, next }: NewestPage) => ({ items, next: writeCursor(next) })
const before = ({ cursor, limit }: z.output<typeof zPaging>) => ({ before: readCursor(cursor), limit })

export const messageEndpoints: Endpoint[] = [
  endpoint({
    ...{ method: 'GET', path: '/conversations/{conversation}/messages', name: 'listMessages' },
    ...{ group: 'Messages', summary: 'Messages of a conversation, the newest first' },
    details: ['Replies are not among them: a message says how many it has, and they are listed apart.'],
    ...{ params: inConversation, query: zPaging, status: 200, answer: MessagePage, errors: ['not_found'] },
    act: newestMessages,
    input: ({ params, query }) => ({ ...params, ...before(query) }),
    shape: toPage,
  }),
  endpoint({
    ...{ method: 'POST', path: '/conversations/{conversation}/messages', name: 'postMessage' },
    ...{ group: 'Messages', summary: 'Post a message' },
    details: [
      'Once it is answered the message is durable. With an Idempotency-Key a request may be sent again until it is answered, and posts once: every repetition is answered with the first message. A key that comes again with another body is refused (`key_reused`), and nothing is posted.',
    ],
    ...{ params: inConversation, body: NewMessage, idempotent: true, status: 201, answer: Posted },
    ...{ errors: ['not_found', 'conflict', 'key_reused'], example: { text: 'Build **214** is green.' } },
    act: sendOnce,
    input: ({ params, body, key }) => ({ ...params, ...body, ...(key && { id: key }) }),
    shape: ({ message, ...sent }, { params, body }) => ({
      ...sent,
      ...params,
      id: message,
      root: body.root ?? null,
    }),
  }),
  endpoint({
    ...{ method: 'GET', path: '/conversations/{conversation}/messages/{message}', name: 'getMessage' },
    ...{ group: 'Messages', summary: 'One message' },
    ...{ params: ofMessage, status: 200, answer: Message, errors: ['not_found'] },
    act: oneMessage,
    input: ({ params }) => params,
  }),
  endpoint({
    ...{ method: 'PATCH', path: '/conversations/{conversation}/messages/{message}', name: 'editMessage' },
    ...{ group: 'Messages', summary: 'Rewrite a message of the bot’s own' },
    details: ['What it said before is kept.'],
    ...{ params: ofMessage, body: Edit, status: 200, answer: Message },
    ...{
      errors: ['not_found', 'not_allowed', 'conflict'],
      example: { text: 'Build **214** is green again.' },
    },
    act: editMessage,
    input: ({ params, body }) => ({ ...params, ...body }),
  }),
  endpoint({
    ...{ method: 'DELETE', path: '/conversations/{conversation}/messages/{message}', name: 'deleteMessage' },
    ...{ group: 'Messages', summary: 'Delete a message of the bot’s own' },
    details: ['Its place stays, empty. Where the bot owns the channel it may delete what others said.'],
    ...{ params: ofMessage, status: 204, answer: null, errors: ['not_found', 'not_allowed', 'conflict'] },
    act: deleteMessage,
    input: ({ params }) => params,
  }),
  endpoint({
    ...{
      method: 'GET',
      path: '/conversations/{conversation}/messages/{message}/replies',
      name: 'listReplies',
    },
    ...{ group: 'Messages', summary: 'Replies to a message, the newest first' },
    ...{ params: ofMessage, query: zPaging, status: 200, answer: MessagePage, errors: ['not_found'] },
    act: newestThreadReplies,
    input: ({ params: { conversation, message }, query }) => ({
      conversation,
      root: message,
      ...before(query),
    }),
    shape: toPage,
  }),
  ...(['PUT', 'DELETE'] as const).map((method) =>
    endpoint({
      ...{ method, path: '/conversations/{conversation}/messages/{message}/reactions/{emoji}' },
      name: method === 'PUT' ? 'addReaction' : 'removeReaction',
      group: 'Messages',
      summary: method === 'PUT' ? 'React to a message' : 'Take a reaction back',
      details: ['Doing it twice changes nothing.'],
      ...{ params: ofReaction, status: 200, answer: Message, errors: ['not_found', 'conflict'] },
      act: react,
      input: ({ params }) => ({ ...params, on: method === 'PUT' }),
    }),
  ),
  endpoint({
    ...{ method: 'GET', path: '/search', name: 'searchMessages', group: 'Messages' },
    summary: 'Search, the newest first',
    details: ['In the conversations that the bot is a member of.'],
    ...{ query: zSearched, status: 200, answer: HitPage, example: { query: 'release from:alice' } },
    act: search,
    input: ({ query }) => query,
  }),
]
