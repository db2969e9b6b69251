import { expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { type ConnectionState, topics } from '../src/index.ts'
import { alice, created, type Opened, opened, room, root, sent } from './opened.ts'
import { scriptedServer, turn } from './scripted-server.ts'

/** alice, polling and up to date; `passes`: whether sockets do, from now on. */
async function polling() {
  const sockets = scriptedServer()
  const polls = scriptedServer()
  const network = { passes: false, tried: 0 }
  let kept: number | null = null
  const at = await opened(
    {},
    {
      openPoll: polls.open,
      openSocket(address) {
        network.tried++
        if (!network.passes) throw new Error('blocked')
        return sockets.open(address)
      },
      blocked: {
        recall: () => kept,
        remember(time) {
          kept = time
        },
      },
    },
    polls,
  )
  const states: ConnectionState[] = []
  at.client.subscribe(topics.connection, () => states.push(at.client.connection()))
  network.tried = 0
  /** The browser says that the network has changed; the polls still work. */
  function online() {
    at.client.online()
    if (polls.last.closed === null) polls.last.tell({ t: 'pong' })
  }
  return {
    online,
    ...{ at, sockets, polls, network, states },
    blockedAt: () => kept,
    /** The network is another one, on which sockets pass. */
    async better() {
      network.passes = true
      online()
      await turn()
      return sockets.last
    },
  }
}

const live = (transport: string) => expect.objectContaining({ state: 'live', transport })
const heldRoots = ({ client }: Opened) => client.timeline(room).roots

test('whoever polls tries a socket on the side now and then, ever more seldom', async () => {
  const { at, polls, network, blockedAt } = await polling()
  const pauses: number[] = []
  for (let i = 0; i < 8; i++) {
    polls.last.tell({ t: 'pong', resume: { token: 'newer', ms: BOUNDS.upgradeMost * 2 } })
    const before = at.clock.now()
    while (network.tried === i) {
      at.clock.advance(1_000)
      await turn()
    }
    pauses.push(at.clock.now() - before)
  }
  expect(pauses.slice(0, 3)).toEqual([15_000, 30_000, 60_000])
  expect(pauses.at(-1)).toBe(BOUNDS.upgradeMost / 2)
  expect(blockedAt()).toBe(at.clock.now())
  expect(at.client.connection()).toEqual(live('poll'))
})

test('a socket that was let in takes the place of the polls, and the page sees no moment without a connection', async () => {
  const { sockets, polls, states, at, better, blockedAt } = await polling()
  const socket = await better()
  expect(polls.last.closed).toBeNull()
  socket.welcome()
  expect(sockets.sockets).toHaveLength(1)
  expect(socket.of('hello')).toMatchObject([{ ticket: 'resume' }])
  expect(at.client.connection()).toEqual(live('socket'))
  expect(polls.last.closed).toBe(1000)
  expect(socket.of('sync')).toHaveLength(1)
  await turn()
  expect(states).toEqual([live('socket')])
  expect(blockedAt()).toBeNull()
})

test('a socket that opens and then stalls is given up, and the polls go on', async () => {
  const { at, polls, better } = await polling()
  const socket = await better()
  socket.accept()
  at.clock.advance(BOUNDS.connectWait)
  expect(socket.closed).toBe(1000)
  expect(polls.last.closed).toBeNull()
  expect(at.client.connection()).toEqual(live('poll'))
})

test('what is under way over the polls is waited for, and what is said meanwhile goes over the socket, once', async () => {
  const { at, polls, better } = await polling()
  const first = at.client.send(room, 'over the polls')
  const edited = at.client.edit(room, '1001', 'better')
  const socket = await better()
  socket.welcome()
  at.client.send(room, 'over the socket')
  const pinned = at.client.pin(room, '1001', true)
  expect(at.client.connection()).toEqual(live('poll'))

  polls.last.tell({
    ...{ t: 'ack', id: first.id, conversation: room, message: '1001' },
    ...{ seq: 1, version: 1, ordinal: 1, at: 1 },
  })
  expect(at.client.connection()).toEqual(live('poll'))
  polls.last.tell({ t: 'done', req: polls.last.of('edit')[0]!.req, version: 2 } as never)
  expect(at.client.connection()).toEqual(live('socket'))
  await edited
  expect(polls.last.of('send')).toHaveLength(1)
  expect(polls.last.of('pin')).toEqual([])
  expect(socket.of('send')).toMatchObject([{ text: 'over the socket' }])
  socket.tell({ t: 'done', req: socket.of('pin')[0]!.req, version: 3 } as never)
  await pinned
})

test('when the polls leave something unanswered, the client stays with them and says there what it held back', async () => {
  const { at, polls, better } = await polling()
  at.client.send(room, 'one')
  const socket = await better()
  socket.welcome()
  at.client.send(room, 'two')
  const read = at.client.pin(room, '1001', true)
  read.catch(() => {})
  expect(polls.last.of('send')).toHaveLength(1)
  at.clock.advance(BOUNDS.upgradeWait)
  expect(socket.closed).toBe(1000)
  expect(sent({ ...at, server: polls } as Opened).map(({ text }) => text)).toEqual(['one', 'two'])
  expect(polls.last.of('pin')).toHaveLength(1)
  expect(at.client.connection()).toEqual(live('poll'))
})

test('polls that break while a socket stands by are replaced by it at once, and what they left unanswered goes again', async () => {
  const { at, polls, states, better } = await polling()
  const { id } = at.client.send(room, 'one')
  const socket = await better()
  socket.welcome()
  polls.last.close('network')
  expect(socket.of('send')).toMatchObject([{ id, text: 'one' }])
  await turn()
  expect(states).toEqual([live('socket')])
})

test('what both bring is applied once, and what neither brought is in the answer to the first question', async () => {
  const { at, polls, better } = await polling()
  await at.client.ensure(room, 1, 0)
  at.client.send(room, 'keeps it from moving')
  const socket = await better()
  socket.welcome()
  let changes = 0
  at.client.subscribe(topics.timeline(room), () => changes++)
  const event = { t: 'events' as const, conversation: room, events: [created(root(1, { sender: alice }))] }
  polls.last.tell(event)
  await turn()
  expect([changes, heldRoots(at)]).toEqual([1, 1])
  socket.tell(event)
  await turn()
  expect([changes, heldRoots(at)]).toEqual([1, 1])
  polls.last.close('network')
  expect(socket.of('sync')).toMatchObject([{ conversations: [[room, 1, 1]] }])
})

test('a session that was ended is over on both', async () => {
  const { at, polls, sockets, better } = await polling()
  const socket = await better()
  polls.last.close('revoked')
  expect(at.client.connection()).toEqual({ state: 'ended', reason: 'revoked' })
  expect(socket.closed).toBe(1000)
  at.clock.advance(BOUNDS.upgradeMost)
  expect(sockets.sockets).toHaveLength(1)
})

test('however often the browser says that the network has changed, a socket is tried in peace', async () => {
  const { at, network, online } = await polling()
  for (let i = 0; i < 20; i++) {
    online()
    await turn()
  }
  expect(network.tried).toBe(1)
  at.clock.advance(BOUNDS.upgradeLeast)
  online()
  await turn()
  expect(network.tried).toBe(2)
})

test('whoever comes back polling on a network that has changed tries a socket as soon as it is up to date', async () => {
  const { at, polls, sockets, network } = await polling()
  polls.last.close('network')
  network.passes = true
  at.client.online()
  await turn()
  polls.last.welcome(100_000_000)
  expect(sockets.sockets).toEqual([])
  at.synced()
  await turn()
  sockets.last.welcome()
  expect(at.client.connection()).toEqual(live('socket'))
})

test('what the browser said of the network an hour ago is no news when alice begins to poll', async () => {
  const { at, polls, network, better } = await polling()
  const socket = await better()
  socket.welcome(100_000_000)
  const { req } = socket.of('sync')[0]!
  socket.tell({
    ...{ t: 'synced', req, more: false, person: 1 },
    ...{ conversations: [], removed: [], threads: [], changes: [] },
  })
  at.clock.advance(BOUNDS.upgradeLeast)
  at.client.online()
  socket.tell({ t: 'pong' })
  at.clock.advance(3_600_000)
  network.passes = false
  socket.close('network')
  at.clock.advance(10_000)
  await turn()
  polls.last.welcome(100_000_000)
  const { tried } = network
  at.synced()
  await turn()
  expect(at.client.connection()).toEqual(live('poll'))
  expect(network.tried).toBe(tried)
})

test.each([
  ['is back, which the polls bring too late', [true, false], false],
  ['is away, which the polls never bring', [true], true],
  ['answers, if nobody said otherwise there', [], false],
])(
  'what a socket says of the database before it is taken counts when it is: it %s',
  async (_, said, away) => {
    const { at, polls, better } = await polling()
    const edited = at.client.edit(room, '1001', 'better')
    polls.last.tell({ t: 'database', away: !away })
    const socket = await better()
    socket.welcome()
    for (const one of said) socket.tell({ t: 'database', away: one })
    expect(at.client.connection()).toMatchObject({ transport: 'poll', databaseAway: !away })
    // in one batch: with the first it moves, and the second is not heard
    polls.last.tell({ t: 'done', req: polls.last.of('edit')[0]!.req })
    polls.last.tell({ t: 'database', away: false })
    await edited
    const since = at.clock.now()
    expect(at.client.connection()).toEqual({
      ...{ state: 'live', node: 'one', transport: 'socket', since },
      ...(away && { databaseAway: true }),
    })
    socket.tell({ t: 'database', away: !away })
    expect(at.client.connection()).toMatchObject({ databaseAway: !away })
  },
)
