import type { Membership } from '@parley/protocol'
import { expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { alice, conversation, membership, type Opened, opened, room, root } from './opened.ts'
import { turn } from './scripted-server.ts'

const talk = conversation({ version: 9, seq: 9, roots: 9 })
const position = ({ client }: Opened) => {
  const { membership, unread } = client.conversation(room)!
  const { readSeq, readOrdinal, mentionSeqs } = membership
  return { readSeq, readOrdinal, mentionSeqs, unread, firstUnread: client.timeline(room).firstUnreadOrdinal }
}
/** The server says where alice stands. */
const stands = (at: Opened, over: Partial<Membership>, version: number) => {
  const event = { version, type: 'membership.changed', conversation: room, at: 9 } as const
  at.tell({ t: 'personal', events: [{ ...event, membership: membership(over) }] })
}
async function withMessages(over: Partial<Membership> = {}) {
  const at = await opened({ conversation: talk, membership: membership({ mentionSeqs: [2, 7], ...over }) })
  const loading = at.client.ensure(room, 1, 9)
  const messages = Array.from({ length: 9 }, (_, i) => root(i + 1))
  at.tell({ t: 'messages', req: at.latest('history').req, conversation: room, version: 9, messages })
  await loading
  return at
}
const done = (at: Opened) => at.tell({ t: 'done', req: at.latest('read').req })

test('a position moves at once, and stays when the server says the same', async () => {
  const at = await withMessages()
  expect(position(at)).toMatchObject({ unread: 9, firstUnread: 1 })
  const told = at.client.markRead(room, 5)
  const moved = { readSeq: 5, readOrdinal: 5, mentionSeqs: [7], unread: 4, firstUnread: 6 }
  expect(position(at)).toEqual(moved)
  expect(at.latest('read')).toMatchObject({ conversation: room, seq: 5 })
  stands(at, { readSeq: 5, readOrdinal: 5, mentionSeqs: [7] }, 2)
  done(at)
  await told
  expect(position(at)).toEqual(moved)
})

test('what is read already is not told', async () => {
  const at = await withMessages({ readSeq: 5, readOrdinal: 5 })
  await at.client.markRead(room, 4)
  await at.client.markRead(room, 5, true)
  expect(at.server.last.of('read')).toEqual([])
})

test('no position is beyond the last message', async () => {
  const at = await withMessages()
  void at.client.markRead(room, 1_000)
  expect(position(at)).toMatchObject({ readSeq: 9, readOrdinal: 9, unread: 0, firstUnread: null })
})

test('unread from here: it moves back, and what the server then says about another device is taken', async () => {
  const at = await withMessages({ readSeq: 9, readOrdinal: 9, mentionSeqs: [] })
  void at.client.markRead(room, 3, true)
  expect(at.latest('read')).toMatchObject({ seq: 3, back: true })
  expect(position(at)).toMatchObject({ readSeq: 3, readOrdinal: 3, unread: 6 })
  done(at)
  expect(position(at)).toMatchObject({ readSeq: 3 })
  stands(at, { readSeq: 8, readOrdinal: 8 }, 2)
  expect(position(at)).toMatchObject({ readSeq: 8, unread: 1 })
})

test('while a position is on its way, only the last of those that follow is told', async () => {
  const at = await withMessages()
  for (const seq of [2, 3, 4, 5]) void at.client.markRead(room, seq)
  expect(at.server.last.of('read').map(({ seq }) => seq)).toEqual([2])
  done(at)
  expect(at.server.last.of('read').map(({ seq }) => seq)).toEqual([2, 5])
})

test('a position moved offline is told when the connection stands again', async () => {
  const at = await withMessages()
  at.server.last.close('network')
  const told = at.client.markRead(room, 5)
  expect(position(at)).toMatchObject({ readSeq: 5 })
  await at.reconnect()
  // Told before everything is asked for, so that the answer knows of it.
  expect(at.server.last.got.map(({ t }) => t)).toEqual(['hello', 'read', 'sync'])
  done(at)
  await told
  expect(position(at)).toMatchObject({ readSeq: 5 })
  const now = membership({ readSeq: 5, readOrdinal: 5, mentionSeqs: [7] })
  at.synced({ conversations: [{ conversation: talk, membership: now }] })
  expect(position(at)).toMatchObject({ readSeq: 5, mentionSeqs: [7] })
})

test('where another device has read further and then goes back, that counts, not what is still on its way', async () => {
  const at = await withMessages()
  void at.client.markRead(room, 5)
  stands(at, { readSeq: 8, readOrdinal: 8 }, 2)
  expect(position(at)).toMatchObject({ readSeq: 8 })
  stands(at, { readSeq: 3, readOrdinal: 3 }, 3)
  expect(position(at)).toMatchObject({ readSeq: 3 })
})

test('a position that was overtaken by an own message before it was answered does not come back', async () => {
  const at = await withMessages({ readSeq: 9, readOrdinal: 9, mentionSeqs: [] })
  void at.client.markRead(room, 3, true)
  // The server moved it back, alice's other device posted, and both are heard of before the answer.
  at.say(root(10, { sender: alice, client: null }))
  stands(at, { readSeq: 3, readOrdinal: 3 }, 2)
  expect(position(at)).toMatchObject({ readSeq: 3 })
  done(at)
  await turn()
  expect(at.latest('sync')).toMatchObject({ only: true, conversations: [[room, 9, 1]] })
  const now = membership({ readSeq: 10, readOrdinal: 10 })
  at.synced({
    conversations: [{ conversation: { ...talk, version: 10, seq: 10, roots: 10 }, membership: now }],
  })
  expect(position(at)).toMatchObject({ readSeq: 10, readOrdinal: 10, unread: 0 })
})

test('unread from here, and then she writes elsewhere: everything before that is read', async () => {
  const at = await withMessages({ readSeq: 9, readOrdinal: 9, mentionSeqs: [] })
  void at.client.markRead(room, 3, true)
  done(at)
  expect(position(at)).toMatchObject({ readSeq: 3 })
  at.say(root(10, { sender: alice }))
  expect(position(at)).toMatchObject({ readSeq: 10, unread: 0, firstUnread: null })
})

test('a position that the server will not have goes back', async () => {
  const at = await withMessages()
  const told = at.client.markRead(room, 5)
  at.tell({ t: 'failed', req: at.latest('read').req, code: 'not_found', says: 'There is no such thing.' })
  await expect(told).rejects.toMatchObject({ code: 'not_found' })
  expect(position(at)).toMatchObject({ readSeq: 0, unread: 9 })
})

test('a position that is put off is told again, but not for ever', async () => {
  const at = await withMessages()
  const told = at.client.markRead(room, 5)
  for (let i = 0; i <= BOUNDS.readRetries; i++) {
    at.tell({ t: 'failed', req: at.latest('read').req, code: 'too_many', says: 'Wait.' })
    at.clock.advance(BOUNDS.readAgain * 2 ** (i + 1))
  }
  await expect(told).rejects.toMatchObject({ code: 'too_many' })
  expect(at.server.last.of('read')).toHaveLength(BOUNDS.readRetries + 1)
  expect(position(at)).toMatchObject({ readSeq: 0 })
})

test('nobody reads where they are not', async () => {
  const at = await opened()
  await expect(at.client.markRead('99', 1)).rejects.toMatchObject({ code: 'not_found' })
})

test('replies are read at once, no more than there are', async () => {
  const followed = { conversation: room, root: '1001', replies: 4, read: 1, lastAt: 4 }
  const at = await opened({ conversation: talk, threads: [followed] })
  void at.client.markThreadRead(room, '1001', 9)
  expect(at.latest('read-thread')).toMatchObject({ root: '1001', replies: 4 })
  expect(at.client.followedThreads()).toEqual([{ ...followed, read: 4 }])
  expect(at.client.thread(room, '1001').followed?.read).toBe(4)
  at.tell({ t: 'done', req: at.latest('read-thread').req })
  expect(at.client.followedThreads()).toEqual([{ ...followed, read: 4 }])
  await at.client.markThreadRead(room, '1001', 3)
  expect(at.server.last.of('read-thread')).toHaveLength(1)
})

const withPage = async (mine: Parameters<typeof opened>[0], from: number, to: number) => {
  const at = await opened(mine)
  const loading = at.client.ensure(room, from, to)
  const { req } = at.latest('history')
  const messages = Array.from({ length: to - from + 1 }, (_, i) => root(from + i))
  at.tell({ t: 'messages', req, conversation: room, version: mine?.conversation?.version ?? 0, messages })
  await loading
  return at
}

test('where no message is here, everything can be read all the same', async () => {
  const at = await opened({ conversation: talk })
  void at.client.markRead(room, 9)
  expect(position(at)).toMatchObject({ readSeq: 9, readOrdinal: 9, unread: 0, firstUnread: null })
})

test('unread from what is not here: as near as what is here can tell, and never ahead of where alice was', async () => {
  const read = membership({ readSeq: 9, readOrdinal: 9 })
  const near = await withPage({ conversation: talk, membership: read }, 5, 9)
  void near.client.markRead(room, 3, true)
  expect(position(near)).toMatchObject({ readSeq: 3, readOrdinal: 4 })
  const long = conversation({ version: 20, seq: 20, roots: 20 })
  const far = await withPage({ conversation: long, membership: read }, 12, 20)
  void far.client.markRead(room, 3, true)
  expect(position(far)).toMatchObject({ readSeq: 3, readOrdinal: 9 })
})

test('a position that a lost connection took is told first over the next', async () => {
  const at = await withMessages()
  void at.client.markRead(room, 5)
  at.server.last.close('network')
  at.clock.advance(BOUNDS.backoffFirst)
  await turn()
  at.server.last.welcome()
  expect(at.server.last.got.map(({ t }) => t)).toEqual(['hello', 'read', 'sync'])
})

test('what another device did before a position was sent does not make it doubtful', async () => {
  const at = await withMessages()
  void at.client.markRead(room, 3)
  void at.client.markRead(room, 5)
  stands(at, { readSeq: 1, readOrdinal: 1 }, 2)
  done(at)
  expect(at.latest('read')).toMatchObject({ seq: 5 })
  done(at)
  await turn()
  expect(position(at)).toMatchObject({ readSeq: 5 })
  expect(at.server.last.of('sync')).toHaveLength(1)
})

test('who goes through many conversations tells of a few at a time, and of all in the end', async () => {
  const ids = Array.from({ length: BOUNDS.readsAtOnce * 2 + 1 }, (_, i) => `${100 + i}`)
  const at = await opened()
  void at.client.whole()
  await turn()
  at.synced({
    conversations: ids.map((id) => ({ conversation: { ...talk, id }, membership: membership() })),
  })
  for (const id of ids) void at.client.markRead(id, 5)
  const reads = () => at.server.last.of('read')
  expect(reads()).toHaveLength(BOUNDS.readsAtOnce)
  // Also where each of the first is refused.
  for (const { req } of reads()) at.tell({ t: 'failed', req, code: 'not_found', says: 'There is none.' })
  expect(reads()).toHaveLength(BOUNDS.readsAtOnce * 2)
  for (const { req } of reads().slice(BOUNDS.readsAtOnce)) at.tell({ t: 'done', req })
  expect(reads().map(({ conversation }) => conversation)).toEqual(ids)
})

test('replies that the server does not let anybody read go back; those of a thread whose root is not here count', async () => {
  const followed = { conversation: room, root: '1001', replies: 4, read: 1, lastAt: 4 }
  const at = await opened({ conversation: talk, threads: [followed] })
  expect(at.client.thread(room, '1001')).toMatchObject({ root: undefined, replies: 4, followed })
  const told = at.client.markThreadRead(room, '1001', 3)
  expect(at.client.followedThreads()).toMatchObject([{ read: 3 }])
  at.tell({ t: 'failed', req: at.latest('read-thread').req, code: 'not_found', says: 'There is none.' })
  await expect(told).rejects.toMatchObject({ code: 'not_found' })
  expect(at.client.followedThreads()).toEqual([followed])
})
