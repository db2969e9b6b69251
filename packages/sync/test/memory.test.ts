import type { ConversationEvent, Message, ServerFrame } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { applyEvents } from '../src/store/apply-event.ts'
import { applyPage, applySynced } from '../src/store/apply-synced.ts'
import { type Copy, newCopy } from '../src/store/held.ts'
import { dropBelow, dropMessages, dropOutside, putMessage } from '../src/store/messages.ts'
import { forget, newStore, noteStranger, type Store } from '../src/store/store.ts'
import { notifier } from '../src/views/topics.ts'
import { alice, conversation, created, membership, opened, room, root } from './opened.ts'
import { turn } from './scripted-server.ts'

const reply = (n: number, to: number): Message =>
  root(5_000 + n, { id: `${to}-${n}`, root: `${1_000 + to}`, ordinal: n })

describe('of what goes, nothing stays', () => {
  /** Three roots of bob's, and two replies to each. */
  function three(): Copy {
    const copy = newCopy(9)
    for (const n of [1, 2, 3]) for (const m of [root(n), reply(1, n), reply(2, n)]) putMessage(copy, m)
    return copy
  }
  const left = ({ byId, roots, threads }: Copy) => ({
    ids: [...byId.keys()].sort(),
    roots: [...roots.keys()],
    threads: [...threads.keys()],
  })
  const onlyThe = (n: number) => ({
    ids: [`${1_000 + n}`, `${n}-1`, `${n}-2`],
    roots: [n],
    threads: [`${1_000 + n}`],
  })

  test('below a floor that has risen', () => {
    const copy = three()
    dropBelow(copy, 2)
    expect(left(copy)).toEqual(onlyThe(3))
  })

  test('far from where alice looks', () => {
    const copy = three()
    dropOutside(copy, 2, 2)
    expect(left(copy)).toEqual(onlyThe(2))
  })

  test('of a thread whose root is not here', () => {
    const copy = newCopy(9)
    putMessage(copy, reply(1, 1))
    dropBelow(copy, 0)
    expect(left(copy)).toEqual({ ids: [], roots: [], threads: [] })
  })

  test('of a conversation that is given up', () => {
    const copy = three()
    dropMessages(copy)
    expect(left(copy)).toEqual({ ids: [], roots: [], threads: [] })
  })
})

describe('what is held is counted', () => {
  const hooks = {
    ...{ want() {}, wantAll() {}, arrived() {}, posted() {}, reached() {} },
    ...{ onEvent: undefined, onChanges: undefined },
  }
  const held = (store: Store) =>
    [...store.conversations.values()].reduce((sum, { copy }) => sum + (copy?.byId.size ?? 0), 0)
  const synced = (over: object): Extract<ServerFrame, { t: 'synced' }> => ({
    ...{
      t: 'synced',
      req: 1,
      more: false,
      person: 1,
      removed: [],
      conversations: [],
      changes: [],
      threads: [],
    },
    ...over,
  })
  const many = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => root(from + i))

  test('as it is, whatever comes and goes', () => {
    const store = newStore(notifier(), hooks, true)
    store.me = alice
    const steps: [string, () => void, number][] = [
      [
        'it is there',
        () =>
          applySynced(
            store,
            synced({ conversations: [{ conversation: conversation(), membership: membership() }] }),
          ),
        0,
      ],
      ['bob posts', () => applyEvents(store, room, many(1, 10).map(created)), 10],
      ['bob edits', () => applyEvents(store, room, [edited(3, 11)]), 10],
      [
        'a page',
        () => applyPage(store, store.conversations.get(room)!, 11, [...many(1, 5), reply(1, 4)]),
        11,
      ],
      ['a floor', () => applyEvents(store, room, [{ version: 12, type: 'floor.moved', floor: 4 }]), 6],
      ['changes', () => applySynced(store, synced({ changes: [changes(many(20, 29))] })), 16],
      ['anew', () => applySynced(store, synced({ changes: [changes(many(20, 22), true)] })), 3],
      ['she leaves', () => forget(store, room), 0],
    ]
    for (const [what, step, count] of steps) {
      step()
      expect([what, store.count, held(store)]).toEqual([what, count, count])
    }
  })

  test('of conversations that are only heard of, no more than so many are remembered', () => {
    const store = newStore(notifier(), hooks, false)
    for (let i = 0; i <= BOUNDS.strangers; i++) noteStranger(store, `${i}`, 1)
    noteStranger(store, '7', 2)
    expect(store.strangers.size).toBe(BOUNDS.strangers)
    expect([store.strangers.has('0'), store.strangers.get('7')]).toEqual([false, 2])
  })

  test('when it is past its bound, too', () => {
    const store = newStore(notifier(), hooks, true)
    store.me = alice
    const now = conversation({ version: 1 })
    applySynced(store, synced({ conversations: [{ conversation: now, membership: membership() }] }))
    applyPage(store, store.conversations.get(room)!, 1, many(1, BOUNDS.messages + 1))
    expect(store.count).toBe(held(store))
    expect(store.count).toBeLessThanOrEqual(BOUNDS.messages)
  })

  const edited = (n: number, version: number): ConversationEvent => ({
    ...{ version, type: 'message.changed', message: root(n, { version }), was: [] },
  })
  const changes = (messages: Message[], reset = false) => ({
    conversation: room,
    version: 30,
    reset,
    messages,
  })
})

describe('alice goes through many conversations in a long day', () => {
  const rooms = Array.from({ length: 500 }, (_, i) => `${100_000 + i}`)
  const last = BOUNDS.page

  async function manyRooms() {
    const at = await opened({ conversation: conversation() })
    void at.client.whole()
    await turn()
    at.synced({
      conversations: rooms.map((id) => ({
        conversation: conversation({ id, version: last, seq: last, roots: last }),
        membership: membership(),
      })),
    })
    return at
  }
  type At = Awaited<ReturnType<typeof manyRooms>>

  /** Looks at one for a while, and closes it. */
  async function visit(at: At, id: string) {
    const close = at.client.subscribe(`timeline/${id}`, () => {})
    const loading = at.client.ensure(id, 1, last)
    const messages = Array.from({ length: last }, (_, i) =>
      root(i + 1, { id: `${id}${i}`, conversation: id }),
    )
    at.tell({ t: 'messages', req: at.latest('history').req, conversation: id, version: last, messages })
    await loading
    close()
    at.clock.advance(1_000)
  }
  const held = (at: At, id: string) => {
    const { get, roots } = at.client.timeline(id)
    let count = 0
    for (let ordinal = 1; ordinal <= roots; ordinal++) if (get(ordinal)) count++
    return count
  }

  test('what stays of those that she has closed is bounded, though people go on talking in all of them', async () => {
    const at = await manyRooms()
    for (const id of rooms.toReversed()) await visit(at, id)
    for (let n = last + 1; n <= last + 30; n++)
      for (const id of rooms) {
        const message = root(n, { id: `${id}${n}`, conversation: id })
        at.tell({ t: 'events', conversation: id, events: [created(message)] })
      }
    const counts = rooms.map((id) => held(at, id))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(BOUNDS.messages)
    // She has looked at these longest ago: nothing more is kept of them, whatever is said there.
    expect(counts.slice(-100)).toEqual(Array(100).fill(0))
    expect(counts[0]).toBe(last + 30)
  })

  test('whoever comes back to one that was given up sees it from its beginning', async () => {
    const at = await manyRooms()
    for (const id of rooms) await visit(at, id)
    const { epoch } = at.client.timeline(rooms[0]!)
    expect(epoch).toBeGreaterThan(0)
    void at.client.ensure(rooms[0]!, 1, 10)
    expect(at.latest('history')).toMatchObject({ conversation: rooms[0], from: 1 })
  })
})

test('a thread that is longer than all that may be held is held in part', async () => {
  const replies = BOUNDS.messages + 500
  const at = await opened({ conversation: conversation({ version: replies, seq: replies, roots: 1 }) })
  at.client.subscribe(`timeline/${room}`, () => {})
  for (let from = 1; from <= replies; from += BOUNDS.page) {
    const loading = at.client.ensureThread(room, '1001', from, from + BOUNDS.page - 1)
    const messages = Array.from({ length: BOUNDS.page }, (_, i) => reply(from + i, 1))
    const thread = { replies, lastAt: 1, people: [alice] }
    if (from === 1) messages.push(root(1, { thread }))
    at.tell({ t: 'messages', req: at.latest('thread').req, conversation: room, version: replies, messages })
    await loading
  }
  const { get } = at.client.thread(room, '1001')
  let held = 0
  for (let ordinal = 1; ordinal <= replies; ordinal++) if (get(ordinal)) held++
  expect(held).toBeLessThanOrEqual(BOUNDS.messages)
  expect(get(replies)).toBeDefined()
})

test('snapshots of threads are kept within a bound', async () => {
  const { client } = await opened()
  const before = client.thread(room, '1')
  for (let i = 2; i <= BOUNDS.threadViews; i++) client.thread(room, `${i}`)
  expect(client.thread(room, '1')).toBe(before)
  client.thread(room, `${BOUNDS.threadViews + 1}`)
  expect(client.thread(room, '1')).not.toBe(before)
})
