import { expect, test } from 'vitest'
import { type ClientFrame, clientFrame } from '../src/frames.ts'
import { LIMITS } from '../src/limits.ts'
import { PROTOCOL } from '../src/version.ts'

const id = '7340032000000000001'
const uuid = '0b0f6f0e-6c1f-4c39-8c53-0ab4f3a3c1d2'

const FRAMES: { [T in ClientFrame['t']]: Extract<ClientFrame, { t: T }> } = {
  hello: { t: 'hello', ticket: 'abc', protocol: PROTOCOL, client: 'web' },
  send: { t: 'send', id: uuid, conversation: id, text: 'hello' },
  edit: { t: 'edit', req: 1, conversation: id, message: id, text: 'hello' },
  delete: { t: 'delete', req: 1, conversation: id, message: id },
  react: { t: 'react', req: 1, conversation: id, message: id, emoji: '👍', on: true },
  pin: { t: 'pin', req: 1, conversation: id, message: id, on: false },
  read: { t: 'read', req: 1, conversation: id, seq: 3 },
  'read-thread': { t: 'read-thread', req: 1, conversation: id, root: id, replies: 3 },
  typing: { t: 'typing', conversation: id },
  activity: { t: 'activity', idle: true },
  look: { t: 'look', people: [id], conversations: [id] },
  sync: { t: 'sync', req: 1, person: 0, conversations: [[id, 3, 1]] },
  history: { t: 'history', req: 1, conversation: id, from: 1, to: 9 },
  thread: { t: 'thread', req: 1, conversation: id, root: id, from: 1, to: 9 },
  ping: { t: 'ping' },
}

test.each(Object.entries(FRAMES))(
  '%s is understood, and not with a key that it does not have',
  (_, frame) => {
    expect(clientFrame.parse(frame)).toEqual(frame)
    expect(clientFrame.safeParse({ ...frame, more: true }).success).toBe(false)
  },
)

test.each([
  ['no kind', {}],
  ['a kind that there is not', { t: 'shout' }],
  ['a number for an id', { ...FRAMES.typing, conversation: 7 }],
  ['an id with a sign', { ...FRAMES.typing, conversation: '-7' }],
  ['an id that is no decimal', { ...FRAMES.typing, conversation: '0x7' }],
  ['an id that begins with zero', { ...FRAMES.typing, conversation: '07' }],
  ['an id of twenty digits', { ...FRAMES.typing, conversation: '12345678901234567890' }],
  ['a client id that is no UUID', { ...FRAMES.send, id: 'one' }],
  ['too long a text', { ...FRAMES.send, text: 'x'.repeat(LIMITS.messageText + 1) }],
  ['a NUL in the text', { ...FRAMES.send, text: 'a\u0000b' }],
  ['too many files', { ...FRAMES.send, files: Array(LIMITS.filesPerMessage + 1).fill(id) }],
  ['markup for an emoji', { ...FRAMES.react, emoji: '<b>' }],
  ['half a request number', { ...FRAMES.pin, req: 0.5 }],
  ['a position before the first', { ...FRAMES.read, seq: -1 }],
  ['the ordinal zero', { ...FRAMES.history, from: 0 }],
  [
    'more conversations than fit',
    { ...FRAMES.sync, conversations: Array(LIMITS.syncConversations + 1).fill([id, 0, 0]) },
  ],
])('%s is refused', (_, frame) => {
  expect(clientFrame.safeParse(frame).success).toBe(false)
})
