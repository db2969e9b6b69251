import { ParleyError } from '@parley/protocol/errors'
import { LIMITS } from '@parley/protocol/limits'
import { beforeEach, describe, expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import type { Route, Surroundings, Sync, SyncOptions } from '../src/index.ts'
import { created, opened, room, root } from './opened.ts'
import { type Far, scriptedServer, turn } from './scripted-server.ts'

/** As a realtime node asks for it. */
const HEARTBEAT = 25_000
/** How long anybody who has asked something waits at most before they are elsewhere. */
const NOTICED = 10_000
/** Of an event loop that stands still and then goes on: its node has its lease still. */
const STANDSTILL = 6_000

let route: () => Promise<Route>
let asked: Surroundings[]
beforeEach(() => {
  asked = []
  route = async () => ({ ticket: 't', addresses: ['ws://one', 'ws://two'] })
})

/** alice at a node that may hang: nothing that she says to it is answered unless the test does so. */
async function atNode(over: Partial<SyncOptions> = {}) {
  const server = scriptedServer()
  const at = await opened(
    {},
    {
      connect(surroundings) {
        asked.push(surroundings)
        return route()
      },
      ...over,
    },
    server,
  )
  const live = () => at.client.connection()
  /** A connection like the first, but that it has a heartbeat as short as in life. */
  async function anew(): Promise<Far> {
    server.last.close('network')
    at.clock.advance(1_000)
    await turn()
    server.last.welcome(HEARTBEAT)
    at.synced()
    await turn()
    return server.last
  }
  return { ...at, live, anew }
}

describe('something that was asked is followed by silence', () => {
  const ASKED: Record<string, (client: Sync) => void> = {
    'a message': (client) => client.send(room, 'hello'),
    'an act': (client) => void client.edit(room, '1001', 'better').catch(() => {}),
    'a page of history': (client) => void client.ensure(room, 1, 1).catch(() => {}),
    'a question for what has changed': (client) => void client.whole().catch(() => {}),
  }
  test.each(Object.entries(ASKED))('%s: a ping, and soon after the next address', async (_, ask) => {
    const { client, clock, server, say, live } = await atNode()
    say(root(1))
    // one that is held, and another that is not
    say(root(2, { ordinal: 2 }))
    const far = server.last
    clock.advance(60_000)
    expect(far.of('ping')).toEqual([])
    ask(client)
    await turn()
    clock.advance(BOUNDS.askedWait - 1)
    expect(far.of('ping')).toEqual([])
    clock.advance(1)
    expect(far.of('ping')).toHaveLength(1)
    expect(live()).toMatchObject({ state: 'live', silent: true })
    clock.advance(BOUNDS.pongWait)
    expect(live()).toMatchObject({ state: 'waiting', why: 'lost' })
    expect(far.closed).toBe(1000)
    clock.advance(BOUNDS.backoffFirst)
    expect(server.last.address).toBe('ws://two')
  })

  test('her message leaves again under the same id from the other node, and is there once', async () => {
    const { client, clock, server, ack } = await atNode()
    const { id, settled } = client.send(room, 'hello')
    clock.advance(NOTICED)
    expect(server.last.address).toBe('ws://two')
    server.last.welcome(HEARTBEAT)
    expect(server.last.of('send')).toMatchObject([{ id, text: 'hello' }])
    ack(id)
    await settled
    expect(server.sockets[0]!.of('send')).toMatchObject([{ id }])
  })

  test('whatever comes is a sign of life, and the silence after it is another', async () => {
    const { client, clock, server, say, live } = await atNode()
    client.send(room, 'hello')
    for (let n = 1; n <= 8; n++) {
      clock.advance(BOUNDS.askedWait + BOUNDS.pongWait - 1)
      expect([n, live()]).toMatchObject([n, { silent: true }])
      say(root(n))
      expect(live()).toEqual({ state: 'live', node: 'one', transport: 'socket', since: expect.any(Number) })
    }
    expect(server.last.of('ping')).toHaveLength(8)
    clock.advance(NOTICED)
    expect(live()).not.toMatchObject({ state: 'live' })
  })

  test('whatever is answered in time is followed by no ping, and neither is what nobody answers', async () => {
    const { client, clock, server, ack } = await atNode()
    for (let n = 1; n <= 20; n++) {
      const { id } = client.send(room, `number ${n}`)
      clock.advance(BOUNDS.askedWait - 1)
      ack(id, { seq: n, version: n, ordinal: n })
      client.typing(room)
      client.idle(n % 2 === 0)
    }
    clock.advance(60_000)
    expect(server.last.of('ping')).toEqual([])
  })

  test('a thousand messages on their way need no more timers than one', async () => {
    const { client, clock } = await atNode({ inFlight: 1_000 })
    const before = clock.planned()
    for (let n = 0; n < 1_000; n++) client.send(room, `number ${n}`)
    expect(clock.planned()).toBe(before)
  })
})

test('a node whose database hangs answers pings and nothing else: nobody leaves it', async () => {
  const { client, clock, server, live } = await atNode()
  const far = server.last
  client.send(room, 'hello')
  for (let second = 0; second < 60; second++) {
    const before = far.of('ping').length
    clock.advance(1_000)
    if (far.of('ping').length > before) far.tell({ t: 'pong' })
  }
  expect(live()).toMatchObject({ state: 'live' })
  expect(server.sockets).toHaveLength(1)
  expect(far.of('ping').length).toBeLessThanOrEqual(60_000 / BOUNDS.askedWait)
})

describe('a node stands still', () => {
  /**
   * Whether alice has left it after `ms` of that, which begin `from` after her connection: she has said something at
   * `said`, which is not answered even before, as when the database is slow.
   */
  async function leaves(ms: number, from: number, said: number): Promise<boolean> {
    const { client, clock, server, anew } = await atNode()
    const far = await anew()
    const sockets = server.sockets.length
    let pongs = 0
    for (let now = 0; now <= from + ms + HEARTBEAT; now += 250) {
      if (now === said) client.send(room, 'hello')
      const standsStill = now >= from && now < from + ms
      for (; !standsStill && pongs < far.of('ping').length; pongs++) far.tell({ t: 'pong' })
      clock.advance(250)
      await turn()
    }
    return server.sockets.length > sockets
  }
  const EVERY = Array.from({ length: 60 }, (_, i) => i * 500)

  test('for six seconds: nobody leaves it, whenever they pinged it and whatever they had asked', async () => {
    for (const from of EVERY)
      for (const said of [-1, from - 4_000, from - 1_500, from])
        expect([from, said, await leaves(STANDSTILL, from, said)]).toEqual([from, said, false])
  })

  test('for half a minute: everybody does', async () => {
    for (const from of EVERY.slice(0, 20))
      expect([from, await leaves(32_000, from, -1)]).toEqual([from, true])
  })

  test('for ten seconds: those do who have asked something, and those who pinged it in that time', async () => {
    for (const from of EVERY.slice(0, 20))
      expect([from, await leaves(NOTICED + 500, from, from)]).toEqual([from, true])
    expect(await leaves(NOTICED + 500, 0, -1)).toBe(false)
    expect(await leaves(NOTICED + 500, HEARTBEAT - 1_000, -1)).toBe(true)
  })
})

test('a heartbeat that is followed by nothing ends the connection, without a second', async () => {
  const { clock, anew, live } = await atNode()
  const far = await anew()
  clock.advance(HEARTBEAT)
  expect(far.of('ping')).toHaveLength(1)
  clock.advance(BOUNDS.pongWait - 1)
  // nobody waits for anything
  expect(live()).toEqual({ state: 'live', node: 'one', transport: 'socket', since: expect.any(Number) })
  clock.advance(1)
  expect(live()).toMatchObject({ state: 'waiting', why: 'lost' })
  expect(far.of('ping')).toHaveLength(1)
})

describe('after a node fell silent', () => {
  /** alice's message is not answered, and she gives the node up. */
  async function givenUp(addresses: string[]) {
    route = async () => ({ ticket: 't', addresses })
    const at = await atNode()
    at.client.send(room, 'hello')
    at.clock.advance(NOTICED)
    await turn()
    return at
  }
  const addressesOf = (server: ReturnType<typeof scriptedServer>) =>
    server.sockets.slice(1).map(({ address }) => address)

  test('where no other is known the API is asked: it knows which ones have come and which are gone', async () => {
    route = async () => ({ ticket: 't', addresses: ['ws://one'] })
    const at = await atNode()
    route = async () => ({ ticket: 't', addresses: ['ws://new'] })
    at.client.send(room, 'hello')
    at.clock.advance(NOTICED)
    await turn()
    expect(asked.slice(1)).toEqual([{ latencies: [['ws://one', LIMITS.latencyMs]] }])
    expect(addressesOf(at.server)).toEqual(['ws://new'])
  })

  test('where none of the others answers, likewise, before the same is tried', async () => {
    const at = await givenUp(['ws://one', 'ws://two'])
    route = async () => ({ ticket: 't', addresses: ['ws://three'] })
    at.server.last.close('network')
    await turn()
    expect(addressesOf(at.server)).toEqual(['ws://two', 'ws://three'])
  })

  test('it is tried again when there is nothing else, also without the API', async () => {
    route = async () => ({ ticket: 't', addresses: ['ws://one'] })
    const at = await atNode()
    route = () => Promise.reject(new ParleyError('unavailable'))
    at.client.send(room, 'hello')
    at.clock.advance(NOTICED)
    await turn()
    expect(addressesOf(at.server)).toEqual([])
    at.clock.advance(BOUNDS.backoffMost)
    await turn()
    expect(addressesOf(at.server)).toEqual(['ws://one'])
  })

  test('one so slow that it falls silent again and again is waited for longer each time, and after a while as ever', async () => {
    const { client, clock, server, live } = await atNode()
    client.send(room, 'a very long message on a very slow line')
    const waits: number[] = []
    async function waitedFor() {
      const from = clock.now()
      while (live().state === 'live') clock.advance(100)
      waits.push(clock.now() - from)
      clock.advance(2_000)
      await turn()
      server.last.welcome(100_000_000)
      const { req } = server.last.of('sync')[0]!
      server.last.tell({
        ...{ t: 'synced', req, more: false, person: 1 },
        ...{ conversations: [], removed: [], threads: [], changes: [] },
      })
    }
    for (let i = 0; i < 4; i++) await waitedFor()
    const [ask, pong] = [BOUNDS.askedWait, BOUNDS.pongWait]
    expect(waits).toEqual([ask + pong, ask + 2 * pong, ask + 4 * pong, ask + 4 * pong])
    for (let i = 0; i < BOUNDS.silenceForgotten; i += 1_000) {
      clock.advance(1_000)
      server.last.tell({ t: 'pong' })
    }
    await waitedFor()
    expect(waits.at(-1)).toBeLessThanOrEqual(NOTICED)
  })
})

describe('alice’s device slept', () => {
  test('while a pong was on its way: what came meanwhile is read before anything is given up', async () => {
    const { client, clock, server, live } = await atNode()
    client.send(room, 'hello')
    clock.advance(BOUNDS.askedWait)
    clock.sleep(3_600_000)
    clock.advance(0)
    server.last.tell({ t: 'events', conversation: room, events: [created(root(1))] })
    clock.advance(BOUNDS.askedWait - 1)
    expect(live()).toEqual({ state: 'live', node: 'one', transport: 'socket', since: expect.any(Number) })
  })

  test('and a page whose timers always come late finds out nevertheless', async () => {
    const { client, clock, live } = await atNode()
    client.send(room, 'hello')
    for (let i = 0; i < 3; i++) {
      clock.sleep(60_000)
      clock.advance(0)
    }
    expect(live()).toMatchObject({ state: 'waiting', why: 'lost' })
  })
})
