import { expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import type { OutboxEntry } from '../src/ports.ts'
import { alice, conversation, membership, type Opened, opened, room, root, sent } from './opened.ts'
import { turn } from './scripted-server.ts'

const pending = ({ client }: Opened) => client.timeline(room).pending.map(({ text, state }) => [text, state])
const texts = (at: Opened) => sent(at).map(({ text }) => text)
/** alice's own message, as it comes back to her. */
const own = (n: number, client: string, text: string) => root(n, { sender: alice, client, text })

test('a message is shown at once, and gives way to itself when it comes back', async () => {
  const at = await opened()
  const { id, settled } = at.client.send(room, 'hello')
  expect(pending(at)).toEqual([['hello', 'sending']])
  at.ack(id)
  expect(pending(at)).toEqual([['hello', 'sent']])
  at.say(own(1, id, 'hello'))
  expect(pending(at)).toEqual([])
  expect(at.client.timeline(room).roots).toBe(1)
  expect(await settled).toMatchObject({ seq: 1, version: 1 })
})

test('it is never there twice when it comes back before it is acknowledged', async () => {
  const at = await opened()
  const { id } = at.client.send(room, 'hello')
  at.say(own(1, id, 'hello'))
  expect(pending(at)).toEqual([])
  at.ack(id)
  expect(pending(at)).toEqual([])
})

test('messages of one conversation go in order, no more than so many without an answer', async () => {
  const at = await opened({}, { inFlight: 2 })
  const ids = ['one', 'two', 'three', 'four'].map((text) => at.client.send(room, text).id)
  expect(texts(at)).toEqual(['one', 'two'])
  at.ack(ids[0]!, { seq: 1 })
  expect(texts(at)).toEqual(['one', 'two', 'three'])
  expect(at.client.timeline(room).pending.map((one) => one.id)).toEqual(ids)
})

test('after a loss of the connection all that was not answered is sent again, in order and with the same ids', async () => {
  const at = await opened()
  const ids = ['one', 'two', 'three'].map((text) => at.client.send(room, text).id)
  at.ack(ids[0]!)
  at.server.last.close('network')
  at.client.send(room, 'four')
  expect(pending(at).map(([, state]) => state)).toEqual(['sent', 'queued', 'queued', 'queued'])
  at.clock.advance(10_000)
  await turn()
  at.server.last.welcome()
  expect(texts(at)).toEqual(['two', 'three', 'four'])
  expect(
    sent(at)
      .map(({ id }) => id)
      .slice(0, 2),
  ).toEqual(ids.slice(1))
})

test('what was accepted just before the connection broke is found in the answer, not shown twice', async () => {
  const at = await opened()
  await at.client.ensure(room, 1, 1)
  const { id } = at.client.send(room, 'hello')
  await at.reconnect()
  const changed = { conversation: room, version: 1, reset: false, messages: [own(1, id, 'hello')] }
  const now = { conversation: conversation({ version: 1, seq: 1, roots: 1 }), membership: membership() }
  at.synced({ conversations: [now], changes: [changed] })
  expect(pending(at)).toEqual([])
  // The server remembers it, and says so again.
  at.ack(id)
  expect(pending(at)).toEqual([])
  expect(at.client.timeline(room).get(1)?.text).toBe('hello')
})

test('an accepted message stays to be seen until the messages up to it are here', async () => {
  const at = await opened({ conversation: conversation({ version: 1, seq: 1, roots: 1 }) })
  void at.client.ensure(room, 1, 1)
  const { req } = at.latest('history')
  at.tell({ t: 'messages', req, conversation: room, version: 1, messages: [root(1)] })
  const { id } = at.client.send(room, 'hello')
  at.ack(id, { seq: 2, version: 2 })
  // The conversation is ahead of the messages held of it, for as long as an answer takes.
  at.tell({ t: 'changed-conversation', conversation: room, version: 2 })
  await turn()
  const now = { conversation: conversation({ version: 2, seq: 2, roots: 2 }), membership: membership() }
  at.synced({ more: true, conversations: [now] })
  expect(pending(at)).toEqual([['hello', 'sent']])
  const changed = { conversation: room, version: 2, reset: false, messages: [own(2, id, 'hello')] }
  at.synced({ conversations: [], changes: [changed] })
  expect(pending(at)).toEqual([])
})

test('what is refused for good stays, to be retried as the last or discarded', async () => {
  const at = await opened()
  const one = at.client.send(room, 'one')
  const two = at.client.send(room, 'two')
  const says = 'This conversation is archived; nothing can be posted in it.'
  for (const { id } of [one, two]) at.tell({ t: 'nack', id, code: 'conflict', says })
  await expect(one.settled).rejects.toMatchObject({ code: 'conflict', message: says })
  expect(at.client.timeline(room).pending).toMatchObject([
    { text: 'one', state: 'failed', says },
    { text: 'two', state: 'failed', says },
  ])
  const again = at.client.retry(one.id)
  expect(pending(at)).toEqual([
    ['two', 'failed'],
    ['one', 'sending'],
  ])
  expect(at.client.discard(two.id)).toBe(true)
  expect(at.client.discard(one.id)).toBe(false)
  at.ack(one.id)
  expect(await again).toMatchObject({ seq: 1 })
  await expect(at.client.retry(two.id)).rejects.toMatchObject({ code: 'not_found' })
})

test('what is put off waits, and nothing of the conversation overtakes it', async () => {
  const at = await opened()
  const ids = ['one', 'two', 'three'].map((text) => at.client.send(room, text).id)
  for (const id of ids) at.tell({ t: 'nack', id, code: 'too_many', says: 'Wait.' })
  at.client.send(room, 'four')
  expect(texts(at)).toEqual(['one', 'two', 'three'])
  at.clock.advance(BOUNDS.outboxRetryFirst)
  // One by one, since the next may be put off again.
  expect(texts(at).slice(3)).toEqual(['one'])
  at.tell({ t: 'nack', id: ids[0]!, code: 'too_many', says: 'Wait.' })
  at.clock.advance(BOUNDS.outboxRetryFirst)
  expect(texts(at).slice(4)).toEqual(['one'])
  at.ack(ids[0]!)
  expect(texts(at).slice(5)).toEqual(['two', 'three', 'four'])
})

test('a fault of the server is not tried for ever', async () => {
  const at = await opened()
  const { id, settled } = at.client.send(room, 'one')
  for (let i = 0; i <= BOUNDS.outboxRetries; i++) {
    at.tell({ t: 'nack', id, code: 'internal', says: 'Something failed.' })
    at.clock.advance(BOUNDS.outboxRetryMost)
  }
  await expect(settled).rejects.toMatchObject({ code: 'internal' })
  expect(texts(at)).toHaveLength(BOUNDS.outboxRetries + 1)
})

test('an answer that nobody waits for changes nothing', async () => {
  const at = await opened()
  at.ack('00000000-0000-4000-8000-000000000000')
  at.tell({ t: 'nack', id: '00000000-0000-4000-8000-000000000000', code: 'internal', says: '' })
  at.tell({ t: 'done', req: 99 })
  expect(pending(at)).toEqual([])
})

test('no more waits than there is room for', async () => {
  const at = await opened()
  at.server.last.close('network')
  for (let i = 0; i < BOUNDS.outboxMessages; i++) at.client.send(room, `${i}`)
  expect(() => at.client.send(room, 'one too many')).toThrow(expect.objectContaining({ code: 'too_many' }))
})

test('replies wait in their thread, not among the roots', async () => {
  const at = await opened()
  at.client.send(room, 'reply', '1001')
  expect(pending(at)).toEqual([])
  expect(at.client.thread(room, '1001').pending).toMatchObject([{ text: 'reply', state: 'sending' }])
  expect(at.latest('send')).toMatchObject({ root: '1001', text: 'reply' })
})

test('closing says so to whoever waits', async () => {
  const at = await opened()
  const { settled } = at.client.send(room, 'one')
  at.client.close()
  await expect(settled).rejects.toMatchObject({ code: 'unavailable' })
})

test('what is written offline outlives the device, in order, and goes before what is written after', async () => {
  let saved: OutboxEntry[] = []
  const storage = {
    load: async () => saved,
    async save(entries: OutboxEntry[]) {
      saved = entries
    },
  }
  const before = await opened({}, { storage })
  before.server.last.close('network')
  before.client.send(room, 'one')
  before.client.send(room, 'two', '1001', ['7'])
  await turn()
  expect(saved).toMatchObject([
    { text: 'one', root: null, failed: null },
    { text: 'two', root: '1001', files: ['7'] },
  ])
  before.client.close()

  const after = await opened({}, { storage })
  after.client.send(room, 'three')
  expect(texts(after)).toEqual(['one', 'two', 'three'])
  for (const { id } of sent(after)) after.ack(id)
  await turn()
  expect(saved).toEqual([])
})

test('what is written while the storage is still being read comes after what it holds', async () => {
  const entry = { id: crypto.randomUUID(), conversation: room, root: null, text: 'old', files: [], at: 0 }
  let loaded = (_: OutboxEntry[]) => {}
  const load = () =>
    new Promise<OutboxEntry[]>((resolve) => {
      loaded = resolve
    })
  const at = await opened({}, { storage: { load, save: async () => {} } })
  at.client.send(room, 'new')
  expect(texts(at)).toEqual([])
  loaded([{ ...entry, failed: null }])
  await turn()
  expect(texts(at)).toEqual(['old', 'new'])
})

test('a storage that fails, or never answers, does not keep anybody from writing', async () => {
  const problems: string[] = []
  const onProblem = (what: string) => void problems.push(what)
  const broken = {
    load: () => Promise.reject(new Error('broken')),
    save: () => Promise.reject(new Error('broken')),
  }
  const one = await opened({}, { storage: broken, onProblem })
  one.client.send(room, 'hello')
  expect(texts(one)).toEqual(['hello'])
  await turn()
  expect(problems).toEqual([
    'What was not sent the last time could not be read.',
    'The outbox could not be saved.',
  ])
  const two = await opened(
    {},
    { storage: { load: () => new Promise(() => {}), save: async () => {} }, onProblem },
  )
  two.client.send(room, 'hello')
  expect(texts(two)).toEqual([])
  two.clock.advance(BOUNDS.storageWait)
  await turn()
  expect(texts(two)).toEqual(['hello'])
})

test('a storage that answers late is not written over: what it held is sent then, and kept until it is', async () => {
  const entry = { id: crypto.randomUUID(), conversation: room, root: null, text: 'old', files: [], at: 0 }
  let loaded = (_: OutboxEntry[]) => {}
  const load = () =>
    new Promise<OutboxEntry[]>((resolve) => {
      loaded = resolve
    })
  let saved: string[] = []
  const save = async (entries: OutboxEntry[]) => {
    saved = entries.map(({ text }) => text)
  }
  const at = await opened({}, { storage: { load, save } })
  at.clock.advance(BOUNDS.storageWait)
  await turn()
  at.server.last.close('network')
  at.client.send(room, 'new')
  await turn()
  expect(saved).toEqual(['new'])
  loaded([{ ...entry, failed: null }])
  await turn()
  expect(saved.toSorted()).toEqual(['new', 'old'])
  expect(pending(at)).toEqual([
    ['old', 'queued'],
    ['new', 'queued'],
  ])
  await at.reconnect()
  expect(texts(at)).toEqual(['old', 'new'])
})

test('a storage that answers late: what it held is sent although nothing else happens', async () => {
  const entry = { id: crypto.randomUUID(), conversation: room, root: null, text: 'old', files: [], at: 0 }
  let loaded = (_: OutboxEntry[]) => {}
  const load = () =>
    new Promise<OutboxEntry[]>((resolve) => {
      loaded = resolve
    })
  const at = await opened({}, { storage: { load, save: async () => {} } })
  at.clock.advance(BOUNDS.storageWait)
  await turn()
  loaded([{ ...entry, failed: null }])
  await turn()
  expect(texts(at)).toEqual(['old'])
})

test('what was refused before the page was closed is still refused afterwards, and not sent by itself', async () => {
  const failed = { code: 'conflict', says: 'It is archived.' } as const
  const entry = { id: crypto.randomUUID(), conversation: room, root: null, text: 'no', files: [], at: 0 }
  const storage = { load: async () => [{ ...entry, failed }], save: async () => {} }
  const at = await opened({}, { storage })
  expect(at.client.timeline(room).pending).toMatchObject([{ text: 'no', state: 'failed', ...failed }])
  expect(texts(at)).toEqual([])
  void at.client.retry(entry.id)
  expect(texts(at)).toEqual(['no'])
})

test('what is written while the last is being saved is saved next', async () => {
  const saved: string[][] = []
  let done = () => {}
  const save = (entries: OutboxEntry[]) => {
    saved.push(entries.map(({ text }) => text))
    return new Promise<void>((resolve) => {
      done = resolve
    })
  }
  const at = await opened({}, { storage: { load: async () => [], save } })
  at.client.send(room, 'one')
  await turn()
  at.client.send(room, 'two')
  at.client.send(room, 'three')
  await turn()
  expect(saved).toEqual([['one']])
  done()
  await turn()
  expect(saved).toEqual([['one'], ['one', 'two', 'three']])
})

test('files go with the message', async () => {
  const at = await opened()
  at.client.send(room, 'see', undefined, ['7', '8'])
  expect(at.latest('send')).toMatchObject({ text: 'see', files: ['7', '8'] })
})

test('who changes their mind in a tunnel has said nothing', async () => {
  const at = await opened()
  at.server.last.close('network')
  const { id, settled } = at.client.send(room, 'never mind')
  at.client.send(room, 'this')
  expect(at.client.discard(id)).toBe(true)
  await expect(settled).rejects.toMatchObject({ code: 'gone' })
  expect(pending(at)).toEqual([['this', 'queued']])
  await at.reconnect()
  expect(texts(at)).toEqual(['this'])
})

test('what was put off and is discarded holds nothing up any more', async () => {
  const at = await opened()
  const { id } = at.client.send(room, 'one')
  at.tell({ t: 'nack', id, code: 'too_many', says: 'Wait.' })
  expect(at.client.discard(id)).toBe(true)
  at.client.send(room, 'two')
  expect(texts(at)).toEqual(['one', 'two'])
})

test('what was put off goes at once over a new connection', async () => {
  const at = await opened()
  const { id } = at.client.send(room, 'one')
  for (const _ of [1, 2, 3, 4]) {
    at.tell({ t: 'nack', id, code: 'too_many', says: 'Wait.' })
    if (_ < 4) at.clock.advance(BOUNDS.outboxRetryMost)
  }
  at.server.last.close('network')
  at.clock.advance(BOUNDS.backoffFirst / 2)
  await turn()
  at.server.last.welcome()
  expect(texts(at)).toEqual(['one'])
})

test('several that are put off together wait once, and not less for it the next time', async () => {
  const at = await opened()
  const ids = ['one', 'two', 'three'].map((text) => at.client.send(room, text).id)
  const putOff = (id: string) => at.tell({ t: 'nack', id, code: 'too_many', says: 'Wait.' })
  for (const id of ids) putOff(id)
  at.clock.advance(BOUNDS.outboxRetryFirst / 2)
  expect(texts(at).slice(3)).toEqual(['one'])
  putOff(ids[0]!)
  at.clock.advance(BOUNDS.outboxRetryFirst - 1)
  expect(texts(at).slice(4)).toEqual([])
  at.clock.advance(1)
  expect(texts(at).slice(4)).toEqual(['one'])
})

test('what follows a message that was refused for good does not wait', async () => {
  const at = await opened({}, { inFlight: 1 })
  const { id } = at.client.send(room, 'one')
  at.client.send(room, 'two')
  expect(texts(at)).toEqual(['one'])
  at.tell({ t: 'nack', id, code: 'conflict', says: 'No.' })
  expect(texts(at)).toEqual(['one', 'two'])
})

test('an accepted message in a conversation that nobody looks at is over when an answer has come so far', async () => {
  const at = await opened()
  const now = { conversation: conversation({ version: 1, seq: 1, roots: 1 }), membership: membership() }
  const before = at.client.send(room, 'hello')
  at.ack(before.id)
  expect(pending(at)).toEqual([['hello', 'sent']])
  at.tell({ t: 'changed-conversation', conversation: room, version: 1 })
  await turn()
  at.synced({ conversations: [now] })
  expect(pending(at)).toEqual([])
  // The other way round: the answer first.
  const after = at.client.send(room, 'once more')
  at.tell({ t: 'changed-conversation', conversation: room, version: 2 })
  await turn()
  at.synced({
    conversations: [{ ...now, conversation: { ...now.conversation, version: 2, seq: 2, roots: 2 } }],
  })
  at.ack(after.id, { version: 2, seq: 2 })
  expect(pending(at)).toEqual([])
})

test('what was accepted where the person is no longer does not take up room', async () => {
  const at = await opened()
  for (let i = 0; i <= BOUNDS.outboxMessages; i++) at.ack(at.client.send('99', `${i}`).id)
  expect(texts(at)).toHaveLength(BOUNDS.outboxMessages + 1)
})

test('an own message that a page of history brings is not shown twice', async () => {
  const at = await opened({ conversation: conversation({ version: 1, seq: 1, roots: 1 }) })
  const { id } = at.client.send(room, 'hello')
  void at.client.ensure(room, 1, 1)
  const { req } = at.latest('history')
  at.tell({ t: 'messages', req, conversation: room, version: 1, messages: [own(1, id, 'hello')] })
  expect(pending(at)).toEqual([])
})

test('what another client of the same store left behind is sent, and kept until it is', async () => {
  let leave: (entries: OutboxEntry[]) => void = () => {}
  let deaf = false
  const kept: string[][] = []
  const orphans = (found: typeof leave) => {
    leave = found
    return () => {
      deaf = true
    }
  }
  const save = async (entries: OutboxEntry[]) => void kept.push(entries.map(({ text }) => text))
  const at = await opened({}, { storage: { load: async () => [], save, orphans } })
  const left = {
    id: 'c0ffee00-0000-4000-8000-000000000001',
    conversation: room,
    root: null,
    text: 'left behind',
  }
  leave([{ ...left, files: [], at: 1, failed: null }])
  expect(texts(at)).toEqual(['left behind'])
  await turn()
  expect(kept.at(-1)).toEqual(['left behind'])
  at.client.close()
  expect(deaf).toBe(true)
})
