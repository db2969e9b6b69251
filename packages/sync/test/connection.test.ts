import { ParleyError } from '@parley/protocol/errors'
import { PROTOCOL } from '@parley/protocol/version'
import { beforeEach, describe, expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { connection } from '../src/connection/connection.ts'
import type { ConnectionState } from '../src/connection/state.ts'
import type { Route, Surroundings } from '../src/ports.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'
import { scriptedServer, turn } from './scripted-server.ts'

let clock: ManualClock
let server: ReturnType<typeof scriptedServer>
let states: ConnectionState[]
let gone: number
let tickets: number
let asked: Surroundings[]
let route: () => Promise<Route>
let line: ReturnType<typeof connection>

/** A host that asks nothing, and whom nothing need be told. */
const host = {
  ...{ onWelcome() {}, onFrame() {}, onGone() {}, onMoved() {}, onFlow() {}, onState() {} },
  isQuiet: () => true,
}

beforeEach(() => {
  clock = manualClock()
  server = scriptedServer()
  states = []
  gone = 0
  tickets = 0
  asked = []
  route = async () => ({ ticket: `ticket ${++tickets}`, addresses: ['ws://one', 'ws://two'] })
  line = connection({
    connect(surroundings) {
      asked.push(surroundings)
      return route()
    },
    socket: server.open,
    clock,
    random: () => 0.5,
    client: 'test',
    ...host,
    onGone: () => void gone++,
    onState: (state) => void states.push(state),
  })
})

async function connected(heartbeat?: number) {
  line.start()
  await turn()
  server.last.welcome(heartbeat)
  return server.last
}

/** Lets the whole of the present waiting pass. */
async function wait() {
  const now = line.state()
  if (now.state !== 'waiting') throw new Error(`It is ${now.state}, not waiting.`)
  clock.advance(now.until - clock.now())
  await turn()
  return now
}

describe('connecting', () => {
  test('shows the ticket, the version and what it is, and is syncing once it is welcome', async () => {
    const far = await connected()
    expect(far.address).toBe('ws://one')
    expect(far.got).toEqual([{ t: 'hello', ticket: 'ticket 1', protocol: PROTOCOL, client: 'test' }])
    expect(line.state()).toEqual({ state: 'syncing', again: false, node: 'one', transport: 'socket' })
    line.synced()
    expect(line.state()).toEqual({ state: 'live', node: 'one', transport: 'socket', since: clock.now() })
    expect(states.map(({ state }) => state)).toEqual(['connecting', 'syncing', 'live'])
  })

  test('hears that the database is away and that it is back, also before it is up to date, and forgets it with a connection that is lost', async () => {
    const far = await connected()
    line.databaseIs(true)
    expect(line.state()).toMatchObject({ state: 'syncing', databaseAway: true })
    line.synced()
    expect(line.state()).toMatchObject({ state: 'live', databaseAway: true })
    line.databaseIs(false)
    expect(line.state()).toMatchObject({ state: 'live', databaseAway: false })
    line.databaseIs(true)
    far.close('network')
    expect(line.state()).not.toHaveProperty('databaseAway')
  })

  test('addresses are tried in order, each once, with the same ticket', async () => {
    line.start()
    await turn()
    server.last.close('network')
    expect(server.sockets.map(({ address }) => address)).toEqual(['ws://one', 'ws://two'])
    server.last.welcome()
    expect(server.last.got).toMatchObject([{ ticket: 'ticket 1' }])
    expect(line.isOpen()).toBe(true)
  })

  test('when no address answers, it waits and asks for another ticket', async () => {
    line.start()
    await turn()
    server.last.close('network')
    server.last.close('network')
    expect(await wait()).toMatchObject({ why: 'unreachable', attempt: 1 })
    expect(tickets).toBe(2)
    expect(server.sockets).toHaveLength(3)
  })

  test('an address that stays silent is given up after a while', async () => {
    line.start()
    await turn()
    server.last.accept()
    clock.advance(BOUNDS.connectWait)
    expect(server.sockets.map(({ address, closed }) => [address, closed])).toEqual([
      ['ws://one', 1000],
      ['ws://two', null],
    ])
  })

  test('an address that cannot be opened at all is passed over', async () => {
    const bad = connection({
      connect: () => route(),
      socket: (address) => {
        if (address === 'ws://one') throw new SyntaxError('mixed content')
        return server.open(address)
      },
      ...{ clock, random: () => 0, client: 'test' },
      ...host,
    })
    bad.start()
    await turn()
    server.last.welcome()
    expect(server.last.address).toBe('ws://two')
    expect(bad.isOpen()).toBe(true)
  })

  test('an API that is away is asked again; one that does not answer, too', async () => {
    route = () => Promise.reject(new TypeError('fetch failed'))
    line.start()
    await turn()
    expect(await wait()).toMatchObject({ why: 'unreachable', attempt: 1 })
    route = () => new Promise(() => {})
    await wait()
    clock.advance(BOUNDS.connectWait)
    await turn()
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'unavailable', attempt: 3 })
  })

  test('whoever is signed out is not asked again', async () => {
    route = () => Promise.reject(new ParleyError('signed_out'))
    line.start()
    await turn()
    expect(line.state()).toEqual({ state: 'ended', reason: 'signed_out' })
    expect(clock.next()).toBeNull()
  })
})

describe('coming back', () => {
  test('waits twice as long each time, up to a bound', async () => {
    line.start()
    const delays: number[] = []
    for (let i = 0; i < 9; i++) {
      await turn()
      server.last.close('network')
      server.last.close('network')
      const state = line.state()
      if (state.state === 'waiting') delays.push(state.until - clock.now())
      await wait()
    }
    expect(delays.slice(0, 3)).toEqual([375, 750, 1_500])
    expect(delays.at(-1)).toBe(BOUNDS.backoffMost * 0.75)
    expect(tickets).toBe(10)
  })

  test('after a good while it begins with the first delay again', async () => {
    await connected()
    server.last.close('network')
    await wait()
    // neither address answers, and what the API names does not either
    for (let i = 0; i < 4; i++) {
      server.last.close('network')
      await turn()
    }
    expect(line.state()).toMatchObject({ state: 'waiting', attempt: 2 })
    await wait()
    server.last.welcome()
    line.synced()
    clock.advance(BOUNDS.backoffForgotten)
    server.last.close('network')
    expect(line.state()).toMatchObject({ state: 'waiting', attempt: 1, why: 'lost' })
  })

  test('who was never up to date comes for the first time, however many attempts it takes; who was comes again', async () => {
    await connected()
    expect(line.state()).toMatchObject({ state: 'syncing', again: false })
    server.last.close('network')
    expect(line.state()).toMatchObject({ state: 'waiting', again: false })
    await wait()
    expect(line.state()).toMatchObject({ state: 'connecting', again: false })
    server.last.welcome()
    line.synced()
    server.last.close('network')
    expect(line.state()).toMatchObject({ state: 'waiting', again: true })
    await wait()
    expect(line.state()).toMatchObject({ state: 'connecting', again: true })
    server.last.welcome()
    expect(line.state()).toMatchObject({ state: 'syncing', again: true })
  })

  test('a connection that breaks at once does not count as a success', async () => {
    await connected()
    line.synced()
    server.last.close('network')
    await wait()
    server.last.welcome()
    line.synced()
    server.last.close('network')
    expect(line.state()).toMatchObject({ state: 'waiting', attempt: 2 })
  })

  test('a ticket that is refused is replaced at once, but only once at once', async () => {
    line.start()
    await turn()
    server.last.accept()
    server.last.close('bad_ticket')
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'bad_ticket', until: clock.now() })
    await wait()
    server.last.accept()
    server.last.close('bad_ticket')
    expect(line.state()).toMatchObject({ attempt: 2, until: clock.now() + 750 })
  })

  test('clients of a node that goes away come back spread over a moment', async () => {
    await connected()
    server.last.close('restart')
    expect(line.state()).toMatchObject({ why: 'restart', until: clock.now() + BOUNDS.restartSpread / 2 })
  })

  test('one that has sent too much rests', async () => {
    await connected()
    server.last.close('flood')
    expect(line.state()).toMatchObject({ why: 'flood', until: clock.now() + BOUNDS.floodPause })
  })

  test('the word of the server before the network cut it off is what counts', async () => {
    await connected()
    server.last.tell({ t: 'bye', reason: 'revoked' })
    server.last.close('network')
    expect(line.state()).toEqual({ state: 'ended', reason: 'revoked' })
  })

  test.each(['revoked', 'too_old', 'too_many', 'bad_frame'] as const)('%s is the end', async (reason) => {
    await connected()
    server.last.close(reason)
    expect(line.state()).toEqual({ state: 'ended', reason })
    expect(gone).toBe(1)
    clock.advance(BOUNDS.backoffMost)
    await turn()
    expect(server.sockets).toHaveLength(1)
  })

  test('nobody is told of the end before it is over: what is sent then goes nowhere', async () => {
    const order: string[] = []
    const one = connection({
      connect: () => route(),
      socket: server.open,
      ...{ clock, random: () => 0, client: 'test', ...host },
      onGone() {
        order.push(`gone, open: ${one.isOpen()}`)
        one.send({ t: 'ping' })
      },
      onState: ({ state }) => void order.push(state),
    })
    one.start()
    await turn()
    server.last.welcome()
    server.last.close('network')
    expect(order).toEqual(['connecting', 'syncing', 'gone, open: false', 'waiting'])
    expect(server.last.of('ping')).toEqual([])
  })
})

describe('while the database is away', () => {
  /** The connection ends since a message could not be written, after the node has said why. */
  async function refused() {
    const far = await connected()
    line.synced()
    line.databaseIs(true)
    far.close('unavailable')
    return far
  }
  const isKnown = () => 'databaseAway' in line.state()

  test('that is the reason for as long as every attempt is refused as unavailable, by a node or by the API', async () => {
    await refused()
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'unavailable', databaseAway: true })
    for (let i = 0; i < 3; i++) {
      await wait()
      expect(line.state()).toMatchObject({ state: 'connecting', databaseAway: true })
      server.last.accept()
      server.last.close('unavailable')
      expect(line.state()).toMatchObject({ state: 'waiting', databaseAway: true })
    }
    route = () => Promise.reject(new ParleyError('unavailable', 'The database is not answering.'))
    await wait()
    for (const _ of ['ws://one', 'ws://two']) server.last.close('network')
    await turn()
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'unavailable', databaseAway: true })
    line.online()
    expect(line.state()).toMatchObject({ state: 'connecting', databaseAway: true })
  })

  test('it is not once somebody is let in', async () => {
    await refused()
    await wait()
    server.last.welcome()
    expect(line.state()).toMatchObject({ state: 'syncing' })
    expect(isKnown()).toBe(false)
    server.last.close('unavailable')
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'unavailable' })
    expect(isKnown()).toBe(false)
  })

  test.each(['restart', 'flood', 'network'] as const)(
    'it is not once an attempt fails otherwise: %s',
    async (why) => {
      await refused()
      await wait()
      server.last.accept()
      server.last.close(why)
      // and neither at the other address nor where the API sends her
      for (let i = 0; why === 'network' && i < 3; i++, await turn()) server.last.close(why)
      expect(line.state()).toMatchObject({ state: 'waiting' })
      expect(isKnown()).toBe(false)
    },
  )

  test('a connection that is given up since nothing is answered on it ends for that reason', async () => {
    await connected()
    line.drop()
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'lost' })
    expect(isKnown()).toBe(false)
    await wait()
    server.last.welcome()
    line.databaseIs(true)
    line.drop()
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'unavailable', databaseAway: true })
  })
})

describe('going on elsewhere', () => {
  const hello = () => server.last.of('hello')[0]

  test('whoever was inside comes back with what the node gave, without asking the API', async () => {
    await connected()
    route = async () => Promise.reject(new Error('the API is away'))
    server.last.close('network')
    await wait()
    expect(server.last.address).toBe('ws://one')
    server.last.welcome()
    expect(hello()).toMatchObject({ ticket: 'resume' })
    expect(line.isOpen()).toBe(true)
    expect(asked).toHaveLength(1)
  })

  test('it takes the newest that the node gave, and asks the API when that is over or refused', async () => {
    const far = await connected()
    far.tell({ t: 'pong', resume: { token: 'newer', ms: 60_000 } })
    far.close('network')
    await wait()
    server.last.accept()
    expect(hello()).toMatchObject({ ticket: 'newer' })
    server.last.close('bad_ticket')
    await turn()
    expect(hello()).toBeUndefined()
    server.last.accept()
    expect(hello()).toMatchObject({ ticket: 'ticket 2' })
    server.last.welcome()
    server.last.tell({ t: 'pong', resume: { token: 'short', ms: 1 } })
    server.last.close('network')
    await wait()
    server.last.accept()
    expect(hello()).toMatchObject({ ticket: 'ticket 3' })
  })

  test('when a node ends that names others, it goes there at once', async () => {
    await connected()
    line.synced()
    server.last.close('restart', ['ws://three', 'ws://two'])
    expect(line.state()).toMatchObject({ state: 'connecting', again: true })
    expect(gone).toBe(1)
    expect(server.last.address).toBe('ws://three')
    server.last.close('network')
    expect(server.last.address).toBe('ws://two')
    server.last.welcome()
    expect(hello()).toMatchObject({ ticket: 'resume' })
    expect(asked).toHaveLength(1)
  })

  test('turned away at the door, it shows the same ticket where it was sent', async () => {
    line.start()
    await turn()
    server.last.accept()
    server.last.close('redirect', ['ws://three'])
    server.last.accept()
    expect(server.last.address).toBe('ws://three')
    expect(hello()).toMatchObject({ ticket: 'ticket 1' })
  })

  test('sent to and fro, it waits after a few times, and no node of those sends it in circles for ever', async () => {
    await connected()
    for (let i = 0; i < BOUNDS.redirects; i++) {
      server.last.close('redirect', [`ws://${i}`])
      expect(line.state()).toMatchObject({ state: 'connecting' })
      server.last.welcome()
      line.synced()
    }
    server.last.close('redirect', ['ws://one'])
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'redirect' })
    await wait()
    server.last.welcome()
    line.synced()
    clock.advance(BOUNDS.backoffForgotten)
    server.last.close('redirect', ['ws://two'])
    expect(line.state()).toMatchObject({ state: 'connecting' })
  })

  test('where it was sent nobody answers: it asks the API', async () => {
    await connected()
    server.last.close('restart', ['ws://three'])
    server.last.close('network')
    await turn()
    expect(asked).toHaveLength(2)
    server.last.accept()
    expect(hello()).toMatchObject({ ticket: 'ticket 2' })
  })

  test('a node that hangs is tried last', async () => {
    await connected()
    clock.advance(20_000 + BOUNDS.pongWait + BOUNDS.pongSpread / 2)
    await wait()
    expect(server.last.address).toBe('ws://two')
  })

  test('after a session was ended, nothing of it is shown again', async () => {
    await connected()
    server.last.close('revoked')
    line.start()
    await turn()
    server.last.accept()
    expect(hello()).toMatchObject({ ticket: 'ticket 2' })
  })

  test('it tells how far the addresses are that it has tried, for a while', async () => {
    line.start()
    await turn()
    server.last.close('network')
    clock.advance(40)
    server.last.welcome()
    server.last.tell({ t: 'pong', resume: { token: 'over', ms: 0 } })
    server.last.close('network')
    await wait()
    expect(asked).toEqual([
      { latencies: [] },
      {
        latencies: [
          ['ws://one', 60_000],
          ['ws://two', 40],
        ],
      },
    ])
    line.close()
    clock.advance(BOUNDS.latencyForgotten)
    line.start()
    expect(asked.at(-1)).toEqual({ latencies: [] })
  })
})

describe('staying', () => {
  test('asks for a sign of life, and takes any frame for one', async () => {
    const far = await connected(10_000)
    for (let i = 0; i < 10; i++) {
      clock.advance(10_000)
      far.tell({ t: 'resync' })
    }
    expect(far.of('ping')).toHaveLength(10)
    expect(line.isOpen()).toBe(true)
  })

  test('a connection that is silent after a heartbeat is dead', async () => {
    await connected(10_000)
    clock.advance(10_000 + BOUNDS.pongWait + BOUNDS.pongSpread / 2)
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'lost' })
    expect(server.last.closed).toBe(1000)
    expect(gone).toBe(1)
  })

  test('what cannot be read ends the connection rather than being passed over', async () => {
    await connected()
    server.last.raw('{"t":"even')
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'lost' })
  })

  test('nothing that a given-up socket still says is heard', async () => {
    const first = await connected()
    first.close('network')
    first.tell({ t: 'bye', reason: 'revoked' })
    first.close('revoked')
    expect(line.state()).toMatchObject({ state: 'waiting' })
    expect(gone).toBe(1)
  })
})

describe('when the host says that the network is back', () => {
  test('a waiting client tries at once, as if for the first time', async () => {
    line.start()
    await turn()
    for (let i = 0; i < 4; i++) {
      server.last.close('network')
      server.last.close('network')
      if (i < 3) await wait()
    }
    line.online()
    await turn()
    expect(line.state()).toEqual({ state: 'connecting', again: false, attempt: 0 })
    server.last.welcome()
    expect(line.isOpen()).toBe(true)
  })

  test('an open connection is probed, and given up if it does not answer', async () => {
    const far = await connected()
    line.online()
    expect(far.of('ping')).toHaveLength(1)
    clock.advance(BOUNDS.pongWait + BOUNDS.pongSpread / 2)
    expect(line.state()).toMatchObject({ state: 'waiting', why: 'lost' })
  })

  test('an open connection that answers stays', async () => {
    const far = await connected()
    line.online()
    far.tell({ t: 'pong' })
    clock.advance(BOUNDS.pongWait + BOUNDS.pongSpread)
    expect(line.isOpen()).toBe(true)
  })
})

describe('closing', () => {
  test('ends it for the server too, and nothing is planned any more', async () => {
    const far = await connected()
    line.close()
    expect(far.closed).toBe(1000)
    expect(line.state()).toEqual({ state: 'ended', reason: 'closed' })
    expect(clock.next()).toBeNull()
  })

  test('while a ticket is asked for, no socket follows', async () => {
    line.start()
    line.close()
    await turn()
    expect(server.sockets).toEqual([])
    expect(clock.next()).toBeNull()
  })
})

describe('where sockets are blocked', () => {
  const polled: string[] = []
  let kept: number | null
  const over = () =>
    connection({
      blocked: {
        recall: () => kept,
        remember(at) {
          kept = at
        },
      },
      connect: () => route(),
      socket: server.open,
      poll(url) {
        polled.push(url)
        return server.open(url)
      },
      ...{ clock, random: () => 0, client: 'test' },
      ...host,
    })
  beforeEach(() => {
    polled.splice(0)
    kept = null
  })

  test('one that is refused, or stalls, is followed by a poll of the same node, and polls come first from then on', async () => {
    const client = over()
    client.start()
    await turn()
    clock.advance(BOUNDS.socketWait)
    expect(server.sockets[0]!.closed).toBe(1000)
    expect(polled).toEqual(['ws://one'])
    server.last.welcome(BOUNDS.blockedFor * 2)
    expect(client.isOpen()).toBe(true)
    server.last.close('network')
    clock.advance(BOUNDS.backoffFirst)
    await turn()
    expect(polled).toHaveLength(2)
    server.last.welcome(BOUNDS.blockedFor * 2)
    clock.advance(BOUNDS.blockedFor)
    server.last.close('network')
    clock.advance(BOUNDS.backoffFirst)
    await turn()
    expect(polled).toHaveLength(2)
  })

  test('the next client polls at once, and says so; once that was found long ago, a socket comes first', async () => {
    const first = over()
    first.start()
    await turn()
    server.last.close('network')
    server.last.welcome()
    expect(kept).toBe(clock.now())
    first.close()
    clock.advance(BOUNDS.blockedFor - 1)
    const second = over()
    second.start()
    await turn()
    expect(polled).toHaveLength(2)
    server.last.welcome()
    expect(second.state()).toMatchObject({ state: 'syncing', transport: 'poll' })
    second.synced()
    expect(second.state()).toMatchObject({ state: 'live', transport: 'poll' })
    second.close()

    clock.advance(1)
    const third = over()
    third.start()
    await turn()
    expect(polled).toHaveLength(2)
    server.last.welcome()
    expect(third.state()).toMatchObject({ transport: 'socket' })
    expect(kept).toBeNull()
  })

  test('a node that answers neither way is passed over', async () => {
    over().start()
    await turn()
    server.last.close('network')
    server.last.close('network')
    expect(server.sockets.map(({ address }) => address)).toEqual(['ws://one', 'ws://one', 'ws://two'])
  })
})

describe('where the page that alice has open may not reach every node', () => {
  const tried: string[] = []
  let barred: Set<string>
  beforeEach(() => {
    tried.splice(0)
    barred = new Set()
  })

  /** A browser that refuses `forbidden`, and says so when they are tried. */
  function page(forbidden: string[]) {
    const open = (url: string) => {
      tried.push(url)
      if (!forbidden.includes(url)) return server.open(url)
      barred.add(url)
      throw new Error('Refused to connect: the policy of this page forbids it.')
    }
    const one = connection({
      connect: () => route(),
      ...{ socket: open, poll: open, isBarred: (url) => barred.has(url) },
      ...{ clock, random: () => 0, client: 'test' },
      ...host,
      onState: (state) => void states.push(state),
    })
    one.start()
    return one
  }
  const sentTo = (...addresses: string[]) => {
    route = async () => ({ ticket: `ticket ${++tickets}`, addresses })
  }
  /** Until nothing is planned that might still be tried within these milliseconds. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100)
      await turn()
    }
  }

  test('one that it may not is tried once, by a socket and not by polls, and passed over from then on', async () => {
    sentTo('ws://new', 'ws://one')
    const one = page(['ws://new'])
    await turn()
    expect(tried).toEqual(['ws://new', 'ws://one'])
    server.last.welcome()
    server.last.close('restart', ['ws://new', 'ws://two'])
    expect(tried.slice(2)).toEqual(['ws://two'])
    server.last.welcome()
    server.last.close('network')
    await pass(BOUNDS.backoffFirst)
    expect(tried.slice(3)).toEqual(['ws://two'])
    expect(one.state()).toMatchObject({ state: 'connecting' })
  })

  test('while those that it may reach restart, it waits for them', async () => {
    sentTo('ws://new')
    const one = page(['ws://new'])
    await pass(BOUNDS.barredWait - 1_000)
    expect(one.state()).toMatchObject({ state: 'waiting', why: 'unreachable' })
    sentTo('ws://new', 'ws://one')
    await pass(BOUNDS.barredWait)
    server.last.welcome()
    expect(one.isOpen()).toBe(true)
    one.synced()
    // what was before counts for nothing the next time
    sentTo('ws://new')
    server.last.tell({ t: 'pong', resume: { token: 'over', ms: 0 } })
    server.last.close('network')
    await pass(BOUNDS.barredWait - 1_000)
    expect(one.state()).toMatchObject({ state: 'waiting' })
    expect(tried.filter((url) => url === 'ws://new')).toHaveLength(1)
  })

  test('when there are none that it may reach any more, it is too old', async () => {
    sentTo('ws://new', 'ws://newer')
    const one = page(['ws://new', 'ws://newer'])
    await pass(BOUNDS.barredWait * 3)
    expect(one.state()).toEqual({ state: 'ended', reason: 'too_old' })
    expect(tried).toEqual(['ws://new', 'ws://newer'])
    expect(clock.next()).toBeNull()
  })

  test('when one that it may reach does not answer, or the API names none, it is not', async () => {
    sentTo('ws://new', 'ws://one')
    const one = page(['ws://new'])
    for (let i = 0; i < 2; i++) {
      for (let second = 0; second < 60; second++) {
        await pass(1_000)
        server.sockets.at(-1)?.close('network')
        await turn()
      }
      expect(one.state()).not.toMatchObject({ state: 'ended' })
      sentTo()
    }
  })
})
