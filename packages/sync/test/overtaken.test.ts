import type { ConversationEvent, Message, PersonalEvent } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { EVERYONE } from '@parley/protocol/text'
import { describe, expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { alice, bob, conversation, membership, type Opened, opened, room, root } from './opened.ts'
import { turn } from './scripted-server.ts'

/** Answers, events of conversations and events of people arrive in any order; none of them takes another back. */

const one = conversation({ version: 1, seq: 1, roots: 1 })
const carol = '3'
/** bob's n-th reply to the first root, with which the conversation came to `version`. */
const reply = (n: number, version: number, over: Partial<Message> = {}): Message =>
  root(version, { root: '1001', ordinal: n, text: `reply ${n}`, ...over })
const card = (n: number, lastAt: number, author = bob) => ({ replies: n, lastAt, people: [bob], author })
const replied = (n: number, version: number, author = bob): ConversationEvent => ({
  ...{ version, type: 'message.created', message: reply(n, version), thread: card(n, version, author) },
})
const changed = (message: Message, was: string[] = []): ConversationEvent => ({
  ...{ version: message.version, type: 'message.changed', message, was },
})
const events = (at: Opened, ...events: ConversationEvent[]) =>
  at.tell({ t: 'events', conversation: room, events })
const personal = (at: Opened, ...events: PersonalEvent[]) => at.tell({ t: 'personal', events })
const page = (at: Opened, version: number, messages: Message[]) =>
  at.tell({ t: 'messages', req: at.latest('history').req, conversation: room, version, messages })
const syncs = ({ server }: Opened) => server.last.of('sync')
const claims = (at: Opened) => at.latest('sync').conversations
const textAt = (at: Opened, ordinal: number) => at.client.timeline(room).get(ordinal)?.text
/** bob goes on talking: roots with the versions `from` … `to`, in a conversation with one version more than roots. */
const talk = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    root(from + i, { seq: from + i - 1, ordinal: from + i - 1 }),
  )

describe('alice loads a page of history', () => {
  test('and bob replies before it is here: the message on it shows his reply', async () => {
    const at = await opened({ conversation: one })
    const loading = at.client.ensure(room, 1, 1)
    events(at, replied(1, 2))
    page(at, 1, [root(1)])
    await loading
    expect(at.client.timeline(room).get(1)?.thread).toEqual({ replies: 1, lastAt: 2, people: [bob] })
    expect(at.client.timeline(room).get(1)?.version).toBe(2)
    await turn()
    expect(syncs(at)).toHaveLength(1)
  })

  test('and more is said meanwhile than is remembered: nothing is undone, and what may be missing is asked for', async () => {
    const at = await opened({ conversation: one })
    const loading = at.client.ensure(room, 1, 1)
    events(at, changed(root(1, { text: 'corrected', version: 2 })))
    at.say(...talk(3, BOUNDS.recentEvents + 3))
    page(at, 1, [root(1)])
    await loading
    expect(textAt(at, 1)).toBe('corrected')
    await turn()
    expect(claims(at)).toEqual([[room, 1, 1]])
  })

  test('and what may be missing is refused to her: what is said meanwhile does not make up for it', async () => {
    const at = await opened({ conversation: one })
    const loading = at.client.ensure(room, 1, 1)
    at.say(...Array.from({ length: BOUNDS.recentEvents + 2 }, (_, i) => root(i + 2)))
    page(at, 1, [root(1)])
    void at.client.whole()
    await loading
    await turn()
    expect(at.latest('sync').only).toBeUndefined()
    expect(claims(at)).toEqual([[room, 1, 1]])
    at.tell({ t: 'failed', req: at.latest('sync').req, code: 'too_many', says: 'Wait.' })
    at.say(root(BOUNDS.recentEvents + 4))
    expect(at.client.timeline(room).roots).toBe(BOUNDS.recentEvents + 4)
    at.clock.advance(BOUNDS.syncAgain)
    await turn()
    expect(claims(at)).toEqual([[room, 1, 1]])
  })

  test('and two pages are late: asked for is all that has changed since the older of them, once', async () => {
    const at = await opened({ conversation: conversation({ version: 300, seq: 300, roots: 300 }) })
    const loading = at.client.ensure(room, 1, 200)
    at.say(...Array.from({ length: BOUNDS.recentEvents + 9 }, (_, i) => root(301 + i)))
    const [first, second] = at.server.last.of('history')
    for (const [{ req }, version] of [
      [first!, 302],
      [second!, 301],
    ] as const)
      at.tell({ t: 'messages', req, conversation: room, version, messages: [] })
    await loading
    await turn()
    expect(claims(at)).toEqual([[room, 301, 1]])
    const now = conversation({ version: 373, seq: 373, roots: 373 })
    at.synced({
      conversations: [{ conversation: now, membership: membership() }],
      changes: [{ conversation: room, version: 373, reset: false, messages: [] }],
    })
    at.clock.advance(BOUNDS.syncAgain)
    await turn()
    expect(syncs(at)).toHaveLength(2)
  })

  test.each([1, 3])(
    'as of version %i, and an answer brought what is not remembered: it is not completed from what is',
    async (version) => {
      const at = await opened({ conversation: one })
      void at.client.ensure(room, 1, 1)
      const { req } = at.latest('history')
      at.say(root(2))
      // Version 3 is lost.
      at.say(root(4))
      await turn()
      const now = conversation({ version: 4, seq: 4, roots: 4 })
      at.synced({
        conversations: [{ conversation: now, membership: membership() }],
        changes: [{ conversation: room, version: 4, reset: false, messages: [] }],
      })
      at.say(root(5))
      at.tell({ t: 'messages', req, conversation: room, version, messages: [root(1)] })
      await turn()
      expect(claims(at)).toEqual([[room, version, 1]])
    },
  )

  test('and an answer tells of a floor that has risen: what is below is gone', async () => {
    const two = conversation({ version: 2, seq: 2, roots: 2 })
    const at = await opened({ conversation: two })
    const loading = at.client.ensure(room, 1, 2)
    page(at, 2, [root(1), root(2)])
    await loading
    void at.client.whole()
    await turn()
    const now = { conversation: { ...two, version: 3, floor: 1 }, membership: membership() }
    // A root that is there for the sake of a thread that lives on, or was read before.
    const changes = [{ conversation: room, version: 3, reset: false, messages: [root(1, { version: 3 })] }]
    at.synced({ conversations: [now], changes })
    expect([textAt(at, 1), textAt(at, 2)]).toEqual([undefined, 'message 2'])
    expect(at.client.timeline(room).firstUnreadOrdinal).toBe(2)
  })

  test('and the floor rises before it is here: what is below does not come back', async () => {
    const at = await opened({ conversation: conversation({ version: 2, seq: 2, roots: 2 }) })
    const loading = at.client.ensure(room, 1, 2)
    events(at, { version: 3, type: 'floor.moved', floor: 1 })
    page(at, 2, [root(1), root(2)])
    await loading
    expect([textAt(at, 1), textAt(at, 2)]).toEqual([undefined, 'message 2'])
  })
})

test('the floor rises: which of her mentions are left is asked for, if there are any', async () => {
  const floor = { version: 2, type: 'floor.moved', floor: 1 } as const
  const without = await opened({ conversation: one })
  events(without, floor)
  await turn()
  expect(syncs(without)).toHaveLength(1)
  const at = await opened({ conversation: one, membership: membership({ mentionSeqs: [1] }) })
  events(at, floor)
  await turn()
  expect(claims(at)).toEqual([[room, 1, 0]])
})

test('the floor rises past a thread that alice follows: it is gone, and one that she is told of late is asked for', async () => {
  const followed = { conversation: room, root: '1001', replies: 1, read: 0, lastAt: 2 }
  const two = conversation({ version: 2, seq: 2, roots: 2 })
  const at = await opened({ conversation: two, threads: [followed] })
  const loading = at.client.ensure(room, 1, 2)
  page(at, 2, [root(1), root(2)])
  await loading
  events(at, { version: 3, type: 'floor.moved', floor: 1 })
  expect(at.client.followedThreads()).toEqual([])
  await turn()
  expect(syncs(at)).toHaveLength(1)
  personal(at, { version: 2, type: 'thread.changed', thread: followed })
  await turn()
  expect(claims(at)).toEqual([[room, 2, 1]])
})

describe('what is listed of those who mention alice', () => {
  const listed = ({ client }: Opened) => client.conversation(room)!.membership.mentionSeqs

  test('is what others have written to her or to everyone, while it stands and is not read', async () => {
    const at = await opened()
    at.say(root(1, { mentions: [alice] }), root(2, { mentions: [EVERYONE] }), root(3, { mentions: [carol] }))
    expect(listed(at)).toEqual([1, 2])
    events(at, changed(root(3, { version: 4, mentions: [alice, carol] }), [carol]))
    events(at, changed(root(1, { version: 5, mentions: [alice], gone: 'deleted' }), [alice]))
    expect(listed(at)).toEqual([2, 3])
    events(at, changed(root(1, { version: 6, mentions: [alice, carol], gone: null }), []))
    expect(listed(at)).toEqual([1, 2, 3])
  })

  test('is not what she wrote herself; a root of hers reads what is before it, a reply does not', async () => {
    const at = await opened()
    at.say(root(1, { mentions: [alice] }))
    const own = { ...reply(1, 2), sender: alice, mentions: [alice] }
    events(at, { version: 2, type: 'message.created', message: own, thread: card(1, 2) })
    events(at, changed({ ...own, version: 3 }, []))
    expect(at.client.conversation(room)?.membership).toMatchObject({ readSeq: 0, mentionSeqs: [1] })
    at.say(root(4, { seq: 3, ordinal: 2, sender: alice }))
    expect(at.client.conversation(room)?.membership).toMatchObject({
      readSeq: 3,
      readOrdinal: 2,
      mentionSeqs: [],
    })
    events(at, changed(root(1, { version: 5, mentions: [alice, carol] }), [carol]))
    expect(listed(at)).toEqual([])
  })
})

describe('alice is told of a conversation as it stood before', () => {
  const now = conversation({ version: 5, seq: 5, roots: 5, topic: 'new' })
  const before = conversation({ version: 3, topic: 'old' })

  test('being brought in: nothing of it is taken back, and what she may have missed is asked for', async () => {
    const at = await opened({ conversation: now, membership: membership({ readSeq: 5, readOrdinal: 5 }) })
    personal(at, {
      version: 2,
      type: 'membership.added',
      conversation: before,
      membership: membership({ readSeq: 2, readOrdinal: 2 }),
    })
    const held = at.client.conversation(room)!
    expect(held.conversation).toMatchObject({ version: 5, roots: 5, topic: 'new' })
    expect(held.membership).toMatchObject({ readSeq: 5 })
    await turn()
    // One version less, so that the answer has the conversation and the membership in any case.
    expect(claims(at)).toEqual([[room, 4, 0]])
  })

  test('being brought in again, further on: the newer one is taken, and her threads are asked for', async () => {
    const at = await opened({ conversation: before })
    personal(at, { version: 2, type: 'membership.added', conversation: now, membership: membership() })
    expect(at.client.conversation(room)?.conversation).toMatchObject({ version: 5, topic: 'new' })
    at.say(root(6))
    expect(at.client.timeline(room).roots).toBe(5)
    await turn()
    expect(claims(at)).toEqual([[room, 4, 0]])
  })

  test('by an answer that does not move it: she does not ask for ever', async () => {
    const at = await opened({ conversation: now })
    personal(at, { version: 2, type: 'membership.added', conversation: before, membership: membership() })
    await turn()
    at.synced({ conversations: [{ conversation: now, membership: membership() }] })
    at.clock.advance(BOUNDS.syncAgain)
    await turn()
    expect(syncs(at)).toHaveLength(2)
  })
})

describe('alice is told where she stands by a membership that was read before', () => {
  const talked = conversation({ version: 9, seq: 9, roots: 9 })
  const stands = (at: Opened, version: number, read: number, when: number, mentionSeqs: number[] = []) =>
    personal(at, {
      version,
      type: 'membership.changed',
      conversation: room,
      at: when,
      membership: membership({ readSeq: read, readOrdinal: read, mentionSeqs }),
    })
  const mine = ({ client }: Opened) => client.conversation(room)!.membership

  test('what was said since has its effect on it: bob mentioned her, she wrote herself', async () => {
    const at = await opened({ conversation: talked })
    at.say(root(10, { mentions: [alice] }))
    stands(at, 2, 4, 9, [7])
    expect(mine(at)).toMatchObject({ readSeq: 4, mentionSeqs: [7, 10] })
    at.say(root(11, { sender: alice }), root(12, { mentions: [alice] }))
    stands(at, 3, 5, 10, [7, 10])
    expect(mine(at)).toMatchObject({ readSeq: 11, readOrdinal: 11, mentionSeqs: [12] })
    await turn()
    expect(syncs(at)).toHaveLength(1)
  })

  test('what was said before it has no effect twice', async () => {
    const at = await opened({ conversation: talked })
    // The server read it after bob's mention, and alice had read that elsewhere.
    stands(at, 2, 10, 10)
    at.say(root(10, { mentions: [alice] }))
    expect(mine(at)).toMatchObject({ readSeq: 10, mentionSeqs: [] })
    at.say(root(11, { mentions: [alice] }))
    expect(mine(at).mentionSeqs).toEqual([11])
    // She wrote elsewhere, and then marked it unread from further up.
    stands(at, 3, 4, 12, [11])
    at.say(root(12, { sender: alice }))
    expect(mine(at)).toMatchObject({ readSeq: 4, mentionSeqs: [11] })
  })

  test('an older one of two changes nothing', async () => {
    const at = await opened({ conversation: talked, person: 1 })
    void at.client.whole()
    await turn()
    const read = membership({ readSeq: 8, readOrdinal: 8, muted: true })
    // The answer reads alice's version first, and then what was changed after it.
    at.synced({ person: 2, conversations: [{ conversation: talked, membership: read }] })
    stands(at, 2, 4, 9)
    expect(mine(at)).toMatchObject({ readSeq: 8, muted: true })
  })

  test('an answer for one conversation counts for it alone, however old what comes after it', async () => {
    const at = await opened({ conversation: talked })
    at.say(root(11))
    await turn()
    const now = { ...talked, version: 12, seq: 12, roots: 12 }
    at.synced({
      person: 3,
      conversations: [{ conversation: now, membership: membership({ readSeq: 8, readOrdinal: 8 }) }],
    })
    // Both had happened when the answer was read.
    stands(at, 2, 4, 9)
    stands(at, 3, 8, 12)
    expect(mine(at)).toMatchObject({ readSeq: 8 })
    await turn()
    expect(syncs(at)).toHaveLength(2)
    // This one was read before the answer, and what happened in between is not remembered.
    stands(at, 4, 9, 11)
    expect(mine(at)).toMatchObject({ readSeq: 9 })
    await turn()
    expect(claims(at)).toEqual([[room, 11, 0]])
  })

  test('where more has happened than is remembered, it is asked for', async () => {
    const at = await opened({ conversation: talked })
    const mentions = Array.from({ length: BOUNDS.effects + 1 }, (_, i) => root(10 + i, { mentions: [alice] }))
    at.say(...mentions)
    stands(at, 2, 0, 9)
    await turn()
    const last = 9 + mentions.length
    expect(claims(at)).toEqual([[room, last - 1, 0]])
  })

  test('where as much has happened as is remembered, it is not', async () => {
    const at = await opened({ conversation: talked })
    at.say(...Array.from({ length: BOUNDS.effects }, (_, i) => root(10 + i, { mentions: [alice] })))
    stands(at, 2, 0, 9)
    await turn()
    expect(mine(at).mentionSeqs).toHaveLength(BOUNDS.effects)
    expect(syncs(at)).toHaveLength(1)
  })

  test('of more mentions than are listed one is taken back: which one moves up is asked for', async () => {
    const mentionSeqs = Array.from({ length: LIMITS.mentionSeqs }, (_, i) => i + 1)
    const many = conversation({ version: 200, seq: 200, roots: 200 })
    const at = await opened({ conversation: many, membership: membership({ mentionSeqs }) })
    events(at, changed(root(5, { version: 201 }), [alice]))
    expect(mine(at).mentionSeqs).toHaveLength(LIMITS.mentionSeqs - 1)
    await turn()
    expect(claims(at)).toEqual([[room, 200, 0]])
  })

  test('no more mentions are listed than there is room for: the oldest goes', async () => {
    const mentionSeqs = Array.from({ length: LIMITS.mentionSeqs }, (_, i) => i + 1)
    const many = conversation({ version: 200, seq: 200, roots: 200 })
    const at = await opened({ conversation: many, membership: membership({ mentionSeqs }) })
    at.say(root(201, { mentions: [alice] }))
    expect(mine(at).mentionSeqs).toEqual([...mentionSeqs.slice(1), 201])
  })
})

describe('alice is told of herself', () => {
  test('with a gap: nothing after it is applied, and everything is asked for', async () => {
    const at = await opened()
    const gone = { version: 3, type: 'membership.removed', conversation: room } as const
    personal(at, gone)
    expect(at.client.conversation(room)).toBeDefined()
    await turn()
    expect(at.latest('sync')).toMatchObject({ person: 1, conversations: [[room, 0, 0]] })
    expect(at.latest('sync').only).toBeUndefined()
    // The answer was read before it was heard of: once more.
    at.synced({ person: 2 })
    at.clock.advance(BOUNDS.syncAgain)
    await turn()
    expect(syncs(at)).toHaveLength(3)
    at.synced({ person: 3, conversations: [], removed: [room] })
    expect(at.client.conversations()).toEqual([])
  })

  test('what she knows already is not done again: she left, and came back', async () => {
    const at = await opened()
    const left = { version: 2, type: 'membership.removed', conversation: room } as const
    const back = {
      version: 3,
      type: 'membership.added',
      membership: membership(),
      conversation: one,
    } as const
    personal(at, left, back)
    expect(at.client.conversation(room)?.conversation.version).toBe(1)
    personal(at, left)
    expect(at.client.conversation(room)).toBeDefined()
  })

  test('while everything is asked for, what comes of it waits, and is judged by its version afterwards', async () => {
    const at = await opened()
    void at.client.whole()
    await turn()
    const left = (version: number) => ({ version, type: 'membership.removed', conversation: room }) as const
    personal(at, left(2))
    expect(at.client.conversation(room)).toBeDefined()
    at.synced({ person: 2 })
    expect(at.client.conversation(room), 'the answer knew of it').toBeDefined()
    personal(at, left(3))
    expect(at.client.conversation(room)).toBeUndefined()
  })
})

describe('threads that alice follows', () => {
  const followed = { conversation: room, root: '1001', replies: 4, read: 3, lastAt: 4 }
  const thread = (over: object) => ({ ...followed, ...over })
  const mine = ({ client }: Opened) => client.followedThreads()

  test('neither their replies nor what she has read of them go back', async () => {
    const at = await opened({ conversation: one, threads: [followed] })
    personal(at, { version: 2, type: 'thread.changed', thread: thread({ read: 1 }) })
    expect(mine(at)).toEqual([followed])
    personal(at, { version: 3, type: 'thread.changed', thread: thread({ replies: 2, read: 4, lastAt: 2 }) })
    expect(mine(at)).toEqual([thread({ read: 4 })])
  })

  test('an older reply than what is known of the thread raises nothing', async () => {
    const at = await opened({ conversation: one, threads: [followed] })
    events(at, replied(2, 2))
    expect(mine(at)).toEqual([followed])
    events(at, replied(5, 3))
    expect(mine(at)).toEqual([thread({ replies: 5, lastAt: 3 })])
  })

  test('one that is gone from an answer of its conversation is gone; one of another conversation stays', async () => {
    const other = conversation({ id: '22' })
    const at = await opened({ conversation: one })
    const both = [
      { conversation: one, membership: membership() },
      { conversation: other, membership: membership() },
    ]
    void at.client.whole()
    await turn()
    at.synced({ conversations: both, threads: [followed, thread({ conversation: '22', root: '2002' })] })
    expect(mine(at)).toHaveLength(2)
    void at.client.whole()
    await turn()
    const later = { conversation: { ...one, version: 2 }, membership: membership() }
    at.synced({ conversations: [later], threads: [thread({ conversation: '22', root: '2002', read: 4 })] })
    expect(mine(at)).toEqual([thread({ conversation: '22', root: '2002', read: 4 })])
  })

  test('who writes a reply has read up to it; who is mentioned, up to before it; whose root it is, nothing', async () => {
    const at = await opened({ conversation: one })
    events(at, replied(3, 2, carol))
    expect(mine(at)).toEqual([])
    const mention = replied(4, 3, carol)
    events(at, { ...mention, message: reply(4, 3, { mentions: [alice] }) } as ConversationEvent)
    expect(mine(at)).toMatchObject([{ root: '1001', replies: 4, read: 3 }])
    const own = replied(5, 4, carol)
    events(at, { ...own, message: reply(5, 4, { sender: alice }) } as ConversationEvent)
    expect(mine(at)).toMatchObject([{ root: '1001', replies: 5, read: 5 }])
    const hers = { ...reply(1, 5), root: '1002' }
    events(at, { version: 5, type: 'message.created', message: hers, thread: card(1, 5, alice) })
    expect(mine(at)).toMatchObject([{ root: '1002', replies: 1, read: 0 }, { root: '1001' }])
  })
})
