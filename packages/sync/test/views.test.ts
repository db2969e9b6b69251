import { describe, expect, test, vi } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { createClient } from '../src/index.ts'
import { manualClock } from './manual-clock.ts'
import { alice, bob, conversation, created, membership, opened, room, root } from './opened.ts'
import { scriptedServer, turn } from './scripted-server.ts'

describe('snapshots', () => {
  test('stay the same object until something in them changes', async () => {
    const { client, say } = await opened()
    const read = () => [
      client.conversations(),
      client.conversation(room),
      client.timeline(room),
      client.thread(room, '1001'),
      client.followedThreads(),
      client.typingIn(room),
    ]
    const before = read()
    for (const [i, value] of read().entries()) expect(value).toBe(before[i])
    say(root(1))
    const after = read()
    expect(after.map((value, i) => value === before[i])).toEqual([false, false, false, true, true, true])
    expect(before[1]).toMatchObject({ unread: 0, conversation: { version: 0 } })
  })

  test('what was shown does not change behind the back of who shows it', async () => {
    const { client, say } = await opened()
    say(root(1, { mentions: [alice] }))
    const before = client.conversation(room)!
    say(root(2, { mentions: [alice] }))
    expect(before.membership.mentionSeqs).toEqual([1])
    expect(client.conversation(room)!.membership.mentionSeqs).toEqual([1, 2])
  })

  test('of what is not there, nothing is shown, and nothing breaks', async () => {
    const { client } = await opened()
    expect(client.conversation('99')).toBeUndefined()
    expect(client.timeline('99')).toMatchObject({ roots: 0, floor: 0, pending: [], firstUnreadOrdinal: null })
    expect(client.thread('99', '1').root).toBeUndefined()
    expect(client.timeline('99')).toBe(client.timeline('98'))
  })

  test('conversations are in the order in which something was said last', async () => {
    const at = await opened()
    const more = [conversation({ id: '22', lastAt: 7 }), conversation({ id: '23', lastAt: 3 })]
    void at.client.whole()
    await turn()
    const { membership } = at.client.conversation(room)!
    at.synced({ conversations: more.map((conversation) => ({ conversation, membership })) })
    const order = () => at.client.conversations().map(({ conversation }) => conversation.id)
    expect(order()).toEqual(['22', '23', room])
    at.say(root(1, { at: 9 }))
    expect(order()).toEqual([room, '22', '23'])
  })
})

describe('listeners', () => {
  test('are told once a turn, however much has changed, and only of their topic', async () => {
    const { client, say } = await opened()
    const told = { list: vi.fn(), here: vi.fn(), elsewhere: vi.fn() }
    client.subscribe('conversations', told.list)
    client.subscribe(`timeline/${room}`, told.here)
    client.subscribe('timeline/99', told.elsewhere)
    say(root(1), root(2))
    say(root(3))
    expect(told.list).not.toHaveBeenCalled()
    await turn()
    expect(told.list).toHaveBeenCalledTimes(1)
    expect(told.here).toHaveBeenCalledTimes(1)
    expect(told.elsewhere).not.toHaveBeenCalled()
  })

  test('are told no more once they left, and the same one may listen twice', async () => {
    const { client, say } = await opened()
    const listener = vi.fn()
    const leave = client.subscribe(`timeline/${room}`, listener)
    client.subscribe(`timeline/${room}`, listener)
    leave()
    leave()
    say(root(1))
    await turn()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('hear how the connection fares', async () => {
    const { client, server } = await opened()
    const states: string[] = []
    client.subscribe('connection', () => states.push(client.connection().state))
    expect(client.connection().state).toBe('live')
    server.last.close('network')
    await turn()
    server.last.close('network')
    expect(states).toEqual(['waiting'])
  })
})

describe('history', () => {
  const long = conversation({ version: 500, seq: 500, roots: 500, floor: 20 })

  test('is loaded in blocks, each asked for once, and nothing below the floor', async () => {
    const { client, server } = await opened({ conversation: long })
    void client.ensure(room, 1, 150)
    void client.ensure(room, 90, 120)
    expect(server.last.of('history').map(({ from, to }) => [from, to])).toEqual([
      [21, 100],
      [101, 200],
    ])
    await client.ensure(room, 501, 600)
    expect(server.last.of('history')).toHaveLength(2)
  })

  test('what is held is not asked for again', async () => {
    const at = await opened({ conversation: long })
    const loading = at.client.ensure(room, 480, 500)
    const messages = Array.from({ length: 100 }, (_, i) => root(401 + i))
    at.tell({ t: 'messages', req: at.latest('history').req, conversation: room, version: 500, messages })
    await loading
    await at.client.ensure(room, 410, 500)
    expect(at.server.last.of('history')).toHaveLength(1)
    expect(at.client.timeline(room).get(450)?.text).toBe('message 450')
  })

  test('of long messages, which come a few at a time, the rest of a block is asked for until all of it is there', async () => {
    const at = await opened({ conversation: long })
    const loading = at.client.ensure(room, 480, 500)
    let done = false
    void loading.then(() => {
      done = true
    })
    const answer = (from: number, to: number, more: { next?: number } = {}) => {
      const messages = Array.from({ length: to - from + 1 }, (_, i) => root(from + i))
      const { req } = at.latest('history')
      at.tell({ t: 'messages', req, conversation: room, version: 500, messages, ...more })
    }
    answer(401, 430, { next: 431 })
    answer(431, 470, { next: 471 })
    await turn()
    expect(done).toBe(false)
    void at.client.ensure(room, 480, 500)
    expect(at.server.last.of('history').map(({ from, to }) => [from, to])).toEqual([
      [401, 500],
      [431, 500],
      [471, 500],
    ])
    answer(471, 500)
    await loading
    for (const ordinal of [401, 431, 471, 500])
      expect(at.client.timeline(room).get(ordinal)?.text).toBe(`message ${ordinal}`)
  })

  test('asked for while there is no connection, it comes when there is one; without one it fails in time', async () => {
    const at = await opened({ conversation: long })
    at.server.last.close('network')
    const loading = at.client.ensure(room, 480, 500)
    at.clock.advance(5_000)
    await turn()
    at.server.last.welcome()
    at.tell({ t: 'messages', req: at.latest('history').req, conversation: room, version: 500, messages: [] })
    await loading
    at.server.last.close('network')
    const never = at.client.ensure(room, 480, 500)
    at.clock.advance(BOUNDS.requestWait)
    await expect(never).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a page that was refused can be asked for again', async () => {
    const at = await opened({ conversation: long })
    const refused = at.client.ensure(room, 480, 500)
    at.tell({ t: 'failed', req: at.latest('history').req, code: 'too_many', says: 'Wait.' })
    await expect(refused).rejects.toMatchObject({ code: 'too_many' })
    void at.client.ensure(room, 480, 500)
    expect(at.server.last.of('history')).toHaveLength(2)
  })

  test('a long look back leaves room for other questions', async () => {
    const at = await opened({ conversation: conversation({ version: 2_000, seq: 2_000, roots: 2_000 }) })
    void at.client.ensure(room, 1, 2_000)
    const asked = () => at.server.last.of('history')
    expect(asked()).toHaveLength(BOUNDS.pagesAtOnce)
    for (const { req } of asked())
      at.tell({ t: 'messages', req, conversation: room, version: 2_000, messages: [] })
    await turn()
    expect(asked()).toHaveLength(BOUNDS.pagesAtOnce * 2)
  })

  test('a page that events have overtaken is completed by them', async () => {
    const at = await opened({ conversation: conversation({ version: 1, seq: 1, roots: 1 }) })
    const loading = at.client.ensure(room, 1, 1)
    const edited = root(1, { text: 'edited', version: 2 })
    at.tell({
      ...{ t: 'events', conversation: room },
      events: [{ version: 2, type: 'message.changed', message: edited, was: [] }],
    })
    const { req } = at.latest('history')
    at.tell({ t: 'messages', req, conversation: room, version: 1, messages: [root(1)] })
    await loading
    expect(at.client.timeline(room).get(1)?.text).toBe('edited')
  })

  test('a thread is loaded with its root', async () => {
    const at = await opened({ conversation: conversation({ version: 3, seq: 3, roots: 1 }) })
    const loading = at.client.ensureThread(room, '1001', 1, 50)
    const { req, from, to } = at.latest('thread')
    expect([from, to]).toEqual([1, BOUNDS.page])
    const first = root(1, { thread: { replies: 2, lastAt: 3, people: [bob] }, version: 3 })
    const reply = (n: number) => root(n + 1, { root: '1001', ordinal: n, text: `reply ${n}` })
    at.tell({ t: 'messages', req, conversation: room, version: 3, messages: [first, reply(1), reply(2)] })
    await loading
    const thread = at.client.thread(room, '1001')
    expect([thread.root?.id, thread.replies, thread.get(2)?.text]).toEqual(['1001', 2, 'reply 2'])
    await at.client.ensureThread(room, '1001', 1, 99)
    expect(at.server.last.of('thread')).toHaveLength(1)
    // Of a thread without replies, at least the root.
    void at.client.ensureThread(room, '1009', 1, 0)
    expect(at.latest('thread')).toMatchObject({ root: '1009', from: 1 })
  })
})

describe('memory', () => {
  /** As many roots as this are loaded, a page at a time, as by somebody who scrolls through all of them. */
  async function scroll(at: Awaited<ReturnType<typeof opened>>, id: string, to: number) {
    for (let from = 1; from <= to; from += BOUNDS.page) await load(at, id, from, to)
  }
  async function load(at: Awaited<ReturnType<typeof opened>>, id: string, from: number, version: number) {
    const loading = at.client.ensure(id, from, from + BOUNDS.page - 1)
    const { req } = at.latest('history')
    const messages = Array.from({ length: BOUNDS.page }, (_, i) =>
      root(from + i, { id: `${id}${from + i}`, conversation: id }),
    )
    at.tell({ t: 'messages', req, conversation: id, version, messages })
    await loading
  }
  const held = (at: Awaited<ReturnType<typeof opened>>, id: string, roots: number) => {
    const { get } = at.client.timeline(id)
    let count = 0
    for (let ordinal = 1; ordinal <= roots; ordinal++) if (get(ordinal)) count++
    return count
  }

  test('is bounded: what is far from where somebody looks goes, and can be had again', async () => {
    const roots = BOUNDS.messages + 10_000
    const at = await opened({ conversation: conversation({ version: roots, seq: roots, roots }) })
    const { epoch } = at.client.timeline(room)
    await scroll(at, room, roots)
    expect(held(at, room, roots)).toBeLessThanOrEqual(BOUNDS.messages)
    const timeline = at.client.timeline(room)
    expect(timeline.get(roots)).toBeDefined()
    expect(timeline.get(1)).toBeUndefined()
    expect(timeline.epoch).toBeGreaterThan(epoch)
    void at.client.ensure(room, 1, 10)
    expect(at.latest('history')).toMatchObject({ from: 1 })
  })

  test('where somebody looks stays, also far from the end', async () => {
    const roots = BOUNDS.messages + 10_000
    const at = await opened({ conversation: conversation({ version: roots, seq: roots, roots }) })
    for (let from = roots - BOUNDS.page + 1; from > 0; from -= BOUNDS.page) await load(at, room, from, roots)
    expect(at.client.timeline(room).get(1)).toBeDefined()
    expect(at.client.timeline(room).get(roots)).toBeUndefined()
    expect(held(at, room, roots)).toBeLessThanOrEqual(BOUNDS.messages)
  })

  test('of two that are looked at, neither is given up', async () => {
    const roots = BOUNDS.messages * 0.6
    const at = await opened({ conversation: conversation({ version: roots, seq: roots, roots }) })
    void at.client.whole()
    await turn()
    const { membership } = at.client.conversation(room)!
    const other = conversation({ id: '22', version: roots, seq: roots, roots })
    at.synced({ conversations: [{ conversation: other, membership }] })
    for (const id of [room, '22'] as const) {
      at.client.subscribe(`timeline/${id}`, () => {})
      await scroll(at, id, roots)
      at.clock.advance(1_000)
    }
    expect(at.client.timeline(room).get(roots)).toBeDefined()
    expect(at.client.timeline('22').get(roots)).toBeDefined()
    expect(held(at, room, roots) + held(at, '22', roots)).toBeLessThanOrEqual(BOUNDS.messages)
  })

  test('what nobody looks at goes before what somebody does', async () => {
    const roots = BOUNDS.messages * 0.6
    const at = await opened({ conversation: conversation({ version: roots, seq: roots, roots }) })
    void at.client.whole()
    await turn()
    const { membership } = at.client.conversation(room)!
    const other = conversation({ id: '22', version: roots, seq: roots, roots })
    at.synced({ conversations: [{ conversation: other, membership }] })
    at.client.subscribe(`timeline/${room}`, () => {})
    await scroll(at, room, roots)
    at.clock.advance(1_000)
    await scroll(at, '22', roots)
    expect(held(at, room, roots)).toBe(roots)
    expect(held(at, '22', roots)).toBeLessThan(roots / 2)
  })
})

describe('typing', () => {
  const types = (at: Awaited<ReturnType<typeof opened>>, person = bob, root?: string) =>
    at.tell({ t: 'typing', conversation: room, person, ...(root && { root }) })

  test('is shown for a moment, for each person once', async () => {
    const at = await opened()
    at.client.subscribe(`typing/${room}`, () => {})
    types(at)
    types(at)
    types(at, '3', '1001')
    expect(at.client.typingIn(room)).toMatchObject([
      { person: bob, root: null },
      { person: '3', root: '1001' },
    ])
    at.clock.advance(BOUNDS.typingShown - 1)
    types(at, '3', '1001')
    at.clock.advance(1)
    expect(at.client.typingIn(room)).toMatchObject([{ person: '3' }])
    at.clock.advance(BOUNDS.typingShown)
    expect(at.client.typingIn(room)).toEqual([])
  })

  test('ends when the message is there', async () => {
    const at = await opened()
    at.client.subscribe(`typing/${room}`, () => {})
    types(at)
    at.say(root(1))
    expect(at.client.typingIn(room)).toEqual([])
  })

  test('ends with the connection: nobody knows what they do now', async () => {
    const at = await opened()
    at.client.subscribe(`typing/${room}`, () => {})
    types(at)
    at.server.last.close('network')
    expect(at.client.typingIn(room)).toEqual([])
  })

  test('costs nothing where nobody looks', async () => {
    const at = await opened()
    types(at)
    expect(at.client.typingIn(room)).toEqual([])
  })

  test('is told seldom, for each thread apart, and not while there is no connection', async () => {
    const at = await opened()
    for (let i = 0; i < 10; i++) at.client.typing(room)
    at.client.typing(room, '1001')
    expect(at.server.last.of('typing')).toEqual([
      { t: 'typing', conversation: room },
      { t: 'typing', conversation: room, root: '1001' },
    ])
    at.clock.advance(BOUNDS.typingEvery)
    at.client.typing(room)
    expect(at.server.last.of('typing')).toHaveLength(3)
    at.server.last.close('network')
    at.client.typing(room)
    expect(at.server.last.of('typing')).toHaveLength(3)
  })
})

describe('another person at the same device', () => {
  const welcome = (at: Awaited<ReturnType<typeof opened>>) => {
    at.server.last.accept()
    at.tell({
      t: 'welcome',
      person: bob,
      session: '3',
      node: 'one',
      time: 0,
      heartbeat: 20_000,
      resume: { token: 'r', ms: 1 },
    })
  }

  test('sees nothing of the last one, and nothing is said or read in their name', async () => {
    const at = await opened()
    at.say(root(1))
    at.server.last.close('network')
    const { settled } = at.client.send(room, 'from alice')
    void at.client.markRead(room, 1)
    at.clock.advance(10_000)
    await turn()
    welcome(at)
    expect(at.client.connection()).toEqual({ state: 'ended', reason: 'signed_out' })
    expect(at.client.conversations()).toEqual([])
    expect(at.server.last.got.map(({ t }) => t)).toEqual(['hello'])
    at.clock.advance(BOUNDS.backoffMost)
    await turn()
    expect(at.server.sockets).toHaveLength(2)
    at.client.close()
    await expect(settled).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('finds the page of the last one: nothing that waited there is said in their name', async () => {
    const entry = { id: crypto.randomUUID(), conversation: room, root: null, text: 'from alice', files: [] }
    const load = async () => [{ ...entry, at: 0, failed: null }]
    const server = scriptedServer()
    const client = createClient({
      connect: async () => ({ ticket: 't', addresses: ['ws://one'] }),
      openSocket: server.open,
      clock: manualClock(),
      person: bob,
      storage: { load, save: async () => {} },
    })
    client.start()
    await turn()
    server.last.welcome()
    expect(client.connection()).toEqual({ state: 'ended', reason: 'signed_out' })
    expect(server.last.got.map(({ t }) => t)).toEqual(['hello'])
  })
})

describe('acts', () => {
  test('resolve when they are done, and reject with what the server says, or that it cannot be reached', async () => {
    const at = await opened()
    const one = at.client.edit(room, '1001', 'better')
    at.tell({ t: 'done', req: at.latest('edit').req })
    await one
    const two = at.client.remove(room, '1001')
    at.tell({ t: 'failed', req: at.latest('delete').req, code: 'not_allowed', says: 'Not yours.' })
    await expect(two).rejects.toMatchObject({ code: 'not_allowed', message: 'Not yours.' })
    const three = at.client.react(room, '1001', '👍', true)
    at.clock.advance(BOUNDS.requestWait)
    await expect(three).rejects.toMatchObject({ code: 'unavailable' })
    const four = at.client.pin(room, '1001', true)
    at.server.last.close('network')
    await expect(four).rejects.toMatchObject({ code: 'unavailable' })
    await expect(at.client.edit(room, '1001', 'x')).rejects.toMatchObject({ code: 'unavailable' })
  })
})

test('no more questions wait for an answer than there is room for', async () => {
  const at = await opened()
  const acts = Array.from({ length: BOUNDS.requests + 1 }, () => at.client.edit(room, '1001', 'better'))
  await expect(acts.at(-1)).rejects.toMatchObject({ code: 'too_many' })
  expect(at.server.last.of('edit')).toHaveLength(BOUNDS.requests)
  for (const { req } of at.server.last.of('edit')) at.tell({ t: 'done', req })
  await Promise.all(acts.slice(0, -1))
})

test('events are told in order and once to who asked for them', async () => {
  const heard: number[] = []
  const at = await opened({}, { onEvent: (_, { version }) => heard.push(version) })
  at.say(root(1), root(2))
  at.tell({ t: 'events', conversation: room, events: [created(root(2)), created(root(3))] })
  at.tell({ t: 'events', conversation: room, events: [created(root(5))] })
  expect(heard).toEqual([1, 2, 3])
})

test('what was said while alice caught up may be brought by the answer and by an event, of the same version', async () => {
  const brought: number[] = []
  const heard: number[] = []
  const at = await opened(
    { conversation: conversation({ version: 1, seq: 1, roots: 1 }) },
    {
      holdAll: true,
      onEvent: (_, { version }) => heard.push(version),
      onChanges: (_, messages) => brought.push(...messages.map(({ version }) => version)),
    },
  )
  await at.reconnect()
  at.synced({
    more: true,
    conversations: [{ conversation: conversation({ version: 2 }), membership: membership() }],
  })
  at.say(root(3))
  at.synced({
    conversations: [],
    changes: [{ conversation: room, version: 3, reset: false, messages: [root(2), root(3)] }],
  })
  at.say(root(3))
  expect([brought, heard]).toEqual([[2, 3], [3]])
  expect(at.client.timeline(room).get(3)).toMatchObject({ text: 'message 3' })
})
