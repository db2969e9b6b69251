import type { ClientFrame, ConversationEvent, Id, PersonalEvent } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { NOTHING_CHOSEN } from '@parley/protocol/presence'
import { expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { createClient } from '../src/index.ts'
import { manualClock } from './manual-clock.ts'
import { alice, conversation, created, membership, type Opened, opened, room, root } from './opened.ts'
import { scriptedServer, turn } from './scripted-server.ts'

const INVISIBLE = { ...NOTHING_CHOSEN, availability: 'invisible' } as const
const syncs = ({ server }: Opened) => server.last.of('sync')
const asked = ({ conversations, only, person }: Extract<ClientFrame, { t: 'sync' }>) => ({
  person,
  conversations,
  only,
})
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    conversation: conversation({ id: `${100_000 + i}`, version: 1 }),
    membership: membership(),
  }))

test('the first question is for everything; it is live when that is answered', async () => {
  const at = await opened()
  expect(syncs(at).map(asked)).toEqual([{ person: 0, conversations: [], only: undefined }])
  expect(at.client.connection().state).toBe('live')
  await at.reconnect()
  expect(at.client.connection().state).toBe('syncing')
  expect(asked(at.latest('sync'))).toEqual({ person: 1, conversations: [[room, 0, 0]], only: undefined })
})

test('a kind of frame that her client does not know is let pass, and the next is heard', async () => {
  const at = await opened()
  at.tell({ t: 'of a later version', conversation: room } as never)
  at.say(root(1))
  expect(at.client.connection().state).toBe('live')
  expect(at.client.conversation(room)).toMatchObject({ conversation: { seq: 1 } })
})

test('kinds of events that her client does not know are let pass, and what they did to a conversation is asked for', async () => {
  const at = await opened()
  at.tell({
    t: 'events',
    conversation: room,
    events: [
      { version: 1, type: 'of.a.later.version' },
      { ...root(1), version: 2 },
    ],
  } as never)
  at.tell({ t: 'personal', events: [{ version: 2, type: 'of.a.later.version' }] } as never)
  await turn()
  expect(asked(at.latest('sync'))).toMatchObject({ conversations: [[room, 0, 0]], only: true })
  const now = { conversation: conversation({ version: 2, seq: 1, roots: 1 }), membership: membership() }
  at.synced({ person: 2, conversations: [now] })
  expect(at.client.timeline(room).roots).toBe(1)
  await at.reconnect()
  expect(asked(at.latest('sync'))).toMatchObject({ person: 2 })
})

test.each([
  ['nothing', {}, NOTHING_CHOSEN],
  ['that', { chosen: INVISIBLE }, INVISIBLE],
])(
  'what alice has chosen is not known before she is told; once told of %s, it is',
  async (_, told, known) => {
    const server = scriptedServer()
    const client = createClient({
      connect: async () => ({ ticket: 't', addresses: ['ws://one'] }),
      openSocket: server.open,
      clock: manualClock(),
    })
    client.start()
    await turn()
    server.last.welcome()
    expect(client.chosenPresence()).toBeUndefined()
    const { req } = server.last.of('sync').at(-1)!
    const nothing = { conversations: [], removed: [], threads: [], changes: [] }
    server.last.tell({ t: 'synced', req, more: false, person: 1, ...nothing, ...told })
    expect(client.chosenPresence()).toEqual(known)
    client.close()
  },
)

test('a gap is asked for, of that conversation only, and what comes meanwhile is kept for afterwards', async () => {
  const at = await opened()
  at.say(root(1))
  at.say(root(3))
  expect(at.client.timeline(room).roots).toBe(1)
  await turn()
  expect(asked(at.latest('sync'))).toEqual({ person: 1, conversations: [[room, 1, 0]], only: true })
  at.say(root(4))
  expect(at.client.timeline(room).roots).toBe(1)
  const now = { conversation: conversation({ version: 3, seq: 3, roots: 3 }), membership: membership() }
  at.synced({ conversations: [now] })
  expect(at.client.timeline(room).roots).toBe(4)
  expect(syncs(at)).toHaveLength(2)
})

test('an answer that does not bring what was told of is asked for once more, a moment later', async () => {
  const at = await opened()
  at.say(root(2))
  await turn()
  at.synced({ conversations: [] })
  await turn()
  expect(syncs(at)).toHaveLength(2)
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  expect(syncs(at)).toHaveLength(3)
})

test('an older answer than what is held takes nothing back', async () => {
  const at = await opened()
  const whole = at.client.whole()
  await turn()
  const { req } = at.latest('sync')
  at.say(root(1))
  at.synced()
  expect(req).toBe(at.latest('sync').req)
  await whole
  expect(at.client.timeline(room).roots).toBe(1)
})

test('being told of a new version is enough to ask; of a known one, not', async () => {
  const at = await opened()
  at.say(root(1))
  at.tell({ t: 'changed-conversation', conversation: room, version: 1 })
  at.tell({ t: 'changed-person', person: alice, version: 1 })
  await turn()
  expect(syncs(at)).toHaveLength(1)
  at.tell({ t: 'changed-person', person: alice, version: 2 })
  await turn()
  expect(asked(at.latest('sync')).only).toBeUndefined()
})

test('events of a conversation that came before the membership in it are made up for', async () => {
  const at = await opened()
  const other = conversation({ id: '22', version: 4, seq: 4, roots: 4 })
  at.tell({ t: 'events', conversation: '22', events: [created(root(5, { conversation: '22' }))] })
  at.tell({
    ...{ t: 'personal' },
    events: [{ version: 2, type: 'membership.added', conversation: other, membership: membership() }],
  })
  await turn()
  expect(asked(at.latest('sync')).conversations.map(([id]) => id)).toEqual(['22'])
})

test('more conversations than one question may name are asked for in several, of which only the first is of everything', async () => {
  const at = await opened()
  const more = many(LIMITS.syncConversations * 2)
  void at.client.whole()
  await turn()
  at.synced({ conversations: more })
  await at.reconnect()
  const claims: [Id, number, 0 | 1][][] = []
  for (let i = 0; i < 3; i++) {
    expect(syncs(at)).toHaveLength(i + 1)
    const question = asked(at.latest('sync'))
    expect([question.only, question.person]).toEqual([i === 0 ? undefined : true, 1])
    claims.push(question.conversations)
    expect(at.client.connection().state).toBe('syncing')
    at.synced({ person: 7, conversations: [] })
  }
  expect(claims.map((list) => list.length)).toEqual([2_000, 2_000, 1])
  expect(new Set(claims.flat().map(([id]) => id)).size).toBe(4_001)
  expect(at.client.connection().state).toBe('live')
})

test('what the person is no longer in is gone', async () => {
  const at = await opened()
  at.say(root(1))
  await at.reconnect()
  at.synced({ conversations: [], removed: [room] })
  expect(at.client.conversations()).toEqual([])
  expect(at.client.timeline(room).roots).toBe(0)
})

test('too far behind: what is held is dropped, and to be looked at anew', async () => {
  const at = await opened()
  void at.client.ensure(room, 1, 1)
  at.say(root(1))
  const { epoch } = at.client.timeline(room)
  await at.reconnect()
  const now = {
    conversation: conversation({ version: 90_000, seq: 90_000, roots: 90_000 }),
    membership: membership(),
  }
  at.synced({ more: true, conversations: [now] })
  at.synced({
    conversations: [],
    changes: [{ conversation: room, version: 90_000, reset: true, messages: [] }],
  })
  const timeline = at.client.timeline(room)
  expect([timeline.roots, timeline.get(1), timeline.epoch]).toEqual([90_000, undefined, epoch + 1])
})

test('a sync that is left without an answer gives the connection up', async () => {
  const at = await opened()
  void at.client.whole()
  await turn()
  at.clock.advance(BOUNDS.syncWait)
  expect(at.client.connection()).toMatchObject({ state: 'waiting', why: 'lost' })
})

test('a sync whose answer stops halfway gives the connection up', async () => {
  const at = await opened()
  void at.client.whole()
  await turn()
  at.clock.advance(BOUNDS.syncWait - 1)
  at.synced({ more: true })
  at.clock.advance(BOUNDS.syncWait - 1)
  expect(at.client.connection().state).toBe('live')
  at.clock.advance(1)
  expect(at.client.connection()).toMatchObject({ state: 'waiting', why: 'lost' })
})

test('a sync that is refused is asked for again, and the connection stays', async () => {
  const at = await opened()
  const whole = at.client.whole()
  await turn()
  at.tell({ t: 'failed', req: at.latest('sync').req, code: 'too_many', says: 'Wait.' })
  expect(at.client.connection().state).toBe('live')
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  expect(syncs(at)).toHaveLength(3)
  at.synced()
  await whole
})

test('whole() is answered only by a sync that begins after it', async () => {
  const at = await opened()
  void at.client.whole()
  await turn()
  let whole = false
  void at.client.whole().then(() => {
    whole = true
  })
  at.synced()
  await turn()
  expect(whole).toBe(false)
  expect(syncs(at)).toHaveLength(3)
  at.synced()
  await turn()
  expect(whole).toBe(true)
})

test('a flood of news during a sync is dropped and asked for', async () => {
  const at = await opened()
  void at.client.whole()
  await turn()
  for (let n = 1; n <= BOUNDS.parkedFrames + 1; n++) at.say(root(n))
  at.synced()
  await turn()
  expect(asked(at.latest('sync')).only).toBeUndefined()
  expect(syncs(at)).toHaveLength(3)
})

test('being told to ask for everything is enough', async () => {
  const at = await opened()
  at.tell({ t: 'resync' })
  await turn()
  expect(syncs(at)).toHaveLength(2)
  expect(asked(at.latest('sync')).only).toBeUndefined()
})

test('a question that a lost connection left open is asked anew over the next, of everything', async () => {
  const at = await opened()
  const whole = at.client.whole()
  at.say(root(2))
  await turn()
  await at.reconnect()
  at.synced()
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  // It was told of version 2 before: the answer did not bring it.
  expect(asked(at.latest('sync'))).toEqual({ person: 1, conversations: [[room, 0, 0]], only: true })
  await whole
})

test('whole() that a lost connection left open is answered by the sync of the next, not before', async () => {
  const at = await opened()
  let whole = false
  void at.client.whole().then(() => {
    whole = true
  })
  await turn()
  at.server.last.close('network')
  await turn()
  expect(whole).toBe(false)
  at.clock.advance(10_000)
  await turn()
  at.server.last.welcome()
  at.synced()
  await turn()
  expect(whole).toBe(true)
})

test('a loss is not applied around: what comes after it waits for the answer', async () => {
  const at = await opened()
  at.tell({ t: 'changed-conversation', conversation: room, version: 3 })
  // In the same turn, before the question is out.
  at.say(root(1))
  expect(at.client.timeline(room).roots).toBe(0)
  await turn()
  expect(asked(at.latest('sync')).conversations).toEqual([[room, 0, 0]])
  const now = { conversation: conversation({ version: 2, seq: 2, roots: 2 }), membership: membership() }
  at.synced({ conversations: [now] })
  // Told of version 3, it got 2: once more.
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  expect(asked(at.latest('sync')).conversations).toEqual([[room, 2, 0]])
})

test('what is told of a conversation that alice is not in yet is made up for when she is', async () => {
  const at = await opened()
  at.tell({ t: 'changed-conversation', conversation: '22', version: 5 })
  // The older news does not take back the newer.
  at.tell({ t: 'changed-conversation', conversation: '22', version: 2 })
  at.tell({ t: 'events', conversation: '23', events: [created(root(5, { conversation: '23' }))] })
  at.tell({ t: 'changed-conversation', conversation: '24', version: 4 })
  const added = (version: number, id: Id): PersonalEvent => ({
    ...{ version, type: 'membership.added', membership: membership() },
    conversation: conversation({ id, version: 4 }),
  })
  at.tell({ t: 'personal', events: [added(2, '22'), added(3, '23'), added(4, '24')] })
  await turn()
  expect(asked(at.latest('sync')).conversations).toEqual([
    ['22', 4, 0],
    ['23', 4, 0],
  ])
})

test('an answer that brings the conversation, but not its messages, is asked for once more', async () => {
  const at = await opened()
  void at.client.ensure(room, 1, 1)
  at.say(root(1))
  at.say(root(3))
  await turn()
  const now = { conversation: conversation({ version: 3, seq: 3, roots: 3 }), membership: membership() }
  at.synced({ conversations: [now] })
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  // From where the messages are complete, not from where the conversation is.
  expect(syncs(at)).toHaveLength(3)
  expect(asked(at.latest('sync')).conversations).toEqual([[room, 1, 1]])
  // Events that follow do not make them so.
  at.synced({ conversations: [] })
  at.say(root(4))
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  expect(asked(at.latest('sync')).conversations).toEqual([[room, 1, 1]])
})

test('what was to be read anew, and was not in the answer, is asked for once more', async () => {
  const at = await opened({ conversation: conversation({ version: 5, seq: 5, roots: 5 }) })
  const added = { version: 2, type: 'membership.added', membership: membership() } as const
  at.tell({ t: 'personal', events: [{ ...added, conversation: conversation({ version: 3 }) }] })
  await turn()
  at.synced({ conversations: [] })
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  expect(syncs(at)).toHaveLength(3)
  expect(asked(at.latest('sync')).conversations).toEqual([[room, 4, 0]])
})

test('a page that comes late, while everything is asked for, has what it may lack asked for afterwards', async () => {
  const at = await opened({ conversation: conversation({ version: 1, seq: 1, roots: 1 }) })
  void at.client.ensure(room, 1, 1)
  const { req } = at.latest('history')
  at.say(...Array.from({ length: BOUNDS.recentEvents + 2 }, (_, i) => root(i + 2)))
  void at.client.whole()
  await turn()
  at.tell({ t: 'messages', req, conversation: room, version: 1, messages: [root(1)] })
  const last = BOUNDS.recentEvents + 3
  const now = conversation({ version: last, seq: last, roots: last })
  at.synced({ conversations: [{ conversation: now, membership: membership() }] })
  at.clock.advance(BOUNDS.syncAgain)
  await turn()
  expect(asked(at.latest('sync'))).toEqual({ person: 1, conversations: [[room, 1, 1]], only: true })
})

test('where alice stands is not taken back by an answer that was read before', async () => {
  const at = await opened({ conversation: conversation({ version: 9, seq: 9, roots: 9 }) })
  at.say(root(11))
  await turn()
  const read = (seq: number) => membership({ readSeq: seq, readOrdinal: seq })
  const stands = { version: 2, type: 'membership.changed', conversation: room, at: 9 } as const
  at.tell({ t: 'personal', events: [{ ...stands, membership: read(8) }] })
  const now = conversation({ version: 11, seq: 11, roots: 11 })
  at.synced({ person: 1, conversations: [{ conversation: now, membership: read(4) }] })
  expect(at.client.conversation(room)?.membership.readSeq).toBe(8)
})

test('who remains in a group when one leaves is asked for', async () => {
  const group = conversation({ kind: 'group', name: null, people: [alice, '2', '3'], memberCount: 3 })
  const at = await opened({ conversation: group })
  const left: ConversationEvent = {
    ...{ version: 1, type: 'members.changed', joined: [], left: ['3'], memberCount: 2 },
  }
  at.tell({ t: 'events', conversation: room, events: [left] })
  expect(at.client.conversation(room)?.conversation.memberCount).toBe(2)
  await turn()
  expect(asked(at.latest('sync')).conversations).toEqual([[room, 0, 0]])
})

test('a channel that is renamed is so at once; a message of an older day does not move it down', async () => {
  const at = await opened()
  at.say(root(1, { at: 9 }), root(2, { at: 3 }))
  at.tell({
    ...{ t: 'events', conversation: room },
    events: [{ version: 3, type: 'conversation.changed', changes: { topic: 'ships' } }],
  })
  expect(at.client.conversation(room)?.conversation).toMatchObject({ lastAt: 9, topic: 'ships', version: 3 })
})
