import { EventEmitter, once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { PROTOCOL } from '@parley/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { openStrangers } from '../src/gateway/strangers.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
})
afterAll(() => world.close())

/** Whether the node is alive, asked from one of this machine's own addresses. */
const asked = (localAddress: string) =>
  new Promise<number | 'closed'>((resolve) => {
    const request = get(
      `http://127.0.0.1:${node.port}/health/live`,
      { localAddress, agent: false },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    request.on('error', () => resolve('closed'))
  })

test('mallory opens connections and asks for nothing: others of her address wait, and nobody else', async () => {
  const mallory = '127.0.0.2'
  const sockets: Socket[] = []
  try {
    // more than may wait: some may be closed before, and one that asks takes a place for a moment
    while (sockets.length < BOUNDS.atDoorFromOne + 100) {
      const more = Array.from({ length: 100 }, () =>
        connect({ port: node.port, host: '127.0.0.1', localAddress: mallory }).on('error', () => {}),
      )
      await Promise.all(more.map((socket) => once(socket, 'connect')))
      sockets.push(...more)
    }
    await vi.waitFor(async () => expect(await asked(mallory)).toBe('closed'), 20_000)
    expect(await asked('127.0.0.3')).toBe(200)
    const alice = await world.person('alice')
    await world.connect(alice, node)
    for (const socket of sockets.splice(0, 10)) socket.destroy()
    await vi.waitFor(async () => expect(await asked(mallory)).toBe(200), 20_000)
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}, 60_000)

test('mallory opens sessions that are over at once: the connections over which she did so count again', async () => {
  const mallory = '127.0.0.4'
  const sockets = new Set<Socket>()
  const body = '{"t":"open"}\n{}'
  const open = `POST /poll HTTP/1.1\r\nHost: parley\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  try {
    for (let opened = 0; opened < BOUNDS.atDoorFromOne + 200; opened += 100) {
      const more = Array.from({ length: 100 }, async () => {
        const socket = connect({ port: node.port, host: '127.0.0.1', localAddress: mallory })
        sockets.add(socket)
        socket.on('error', () => {}).on('close', () => sockets.delete(socket))
        await once(socket, 'connect')
        socket.write(open)
        expect(String(await once(socket, 'data'))).toContain('bad_frame')
      })
      await Promise.all(more)
    }
    await vi.waitFor(() => expect(sockets.size).toBeLessThanOrEqual(BOUNDS.atDoorFromOne), 20_000)
    // and yet nobody is kept out by those who only wait
    expect(await asked(mallory)).toBe(200)
    expect(await asked('127.0.0.3')).toBe(200)
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}, 60_000)

test('mallory begins uploads and ends none: the connections over which she does so count on', async () => {
  const mallory = '127.0.0.5'
  const sockets: Socket[] = []
  const open = async (text: string) => {
    const socket = connect({ port: node.port, host: '127.0.0.1', localAddress: mallory })
    sockets.push(socket.on('error', () => {}))
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }
  const uploads = BOUNDS.pollArriving
  try {
    // they ask for something else, and are kept open after it
    const probe = 'GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n'
    const others = Array.from({ length: BOUNDS.atDoorFromOne - uploads }, async () =>
      once(await open(probe), 'data'),
    )
    await Promise.all(others)
    const hello = { t: 'hello', ticket: world.ticket(await world.person('mallory')), protocol: PROTOCOL }
    const answer = await fetch(`http://127.0.0.1:${node.port}/poll`, {
      ...{ method: 'POST', body: `{"t":"open"}\n${JSON.stringify({ ...hello, client: 'raw' })}` },
    })
    const { session } = JSON.parse((await answer.text()).split('\n')[0]!) as { session: string }
    const part = `{"t":"up","session":"${session}","n":1}\n`
    for (let i = 0; i < uploads; i++)
      await open(`POST /poll HTTP/1.1\r\nHost: parley\r\nContent-Length: 1000\r\n\r\n${part}`)
    await vi.waitFor(async () => expect(await asked(mallory)).toBe('closed'), 20_000)
    expect(await asked('127.0.0.3')).toBe(200)
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}, 60_000)

test('a connection that rests and asks again is not cut off for one that comes, until it has been answered', () => {
  const strangers = openStrangers(0)
  const come = () => {
    const socket = Object.assign(new EventEmitter(), {
      ...{ remoteAddress: '203.0.113.7', destroyed: false },
      destroy() {
        socket.destroyed = true
      },
    })
    return { socket, isIn: strangers.opened(socket as unknown as Socket) }
  }
  const ask = ({ socket }: ReturnType<typeof come>) => {
    const request = { socket } as unknown as IncomingMessage
    const response = new EventEmitter()
    strangers.asked(request, response as unknown as ServerResponse)
    return { known: () => strangers.known(request), answered: () => void response.emit('close') }
  }
  const alice = come()
  const poll = ask(alice)
  poll.known()
  poll.answered()
  for (let others = 1; others < BOUNDS.atDoorFromOne; others++) expect(come().isIn).toBe(true)

  const upload = ask(alice)
  expect(come().isIn).toBe(false)
  upload.answered()
  expect(alice.socket.destroyed).toBe(false)
  expect(come().isIn).toBe(true)
  expect(alice.socket.destroyed).toBe(true)
})

test('however many requests of sessions one connection brings, the node listens to its end no more often', async () => {
  const strangers = openStrangers(0)
  const ends = new Set<number>()
  const server = createServer((request, response) => {
    strangers.asked(request, response)
    strangers.known(request)
    ends.add(request.socket.listenerCount('close'))
    response.end()
  })
  server.on('connection', strangers.opened)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    for (let i = 0; i < 20; i++) {
      const [response] = await once(get({ port, agent }), 'response')
      await once(response.resume(), 'end')
    }
    expect(ends.size).toBe(1)
  } finally {
    agent.destroy()
    server.close()
  }
})

test('behind a proxy it is requests that are counted, by the address that the proxy names, until it is known whose they are', async () => {
  const strangers = openStrangers(1)
  const held: ServerResponse[] = []
  const server = createServer((request, response) => {
    if (!strangers.asked(request, response)) response.writeHead(503).end()
    else if (request.url === '/known') {
      strangers.known(request)
      held.push(response)
    } else if (request.url === '/held') held.push(response)
    else response.end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const ask = (path: string, from: string) => {
    const asking = get({ port, path, agent: false, headers: { 'x-forwarded-for': from } })
    return once(
      asking.on('error', () => {}),
      'response',
    ).then(([response]) => {
      response.resume()
      return response.statusCode as number
    })
  }
  try {
    const many = (path: string, requests: number) => {
      for (let i = 0; i < requests; i++) void ask(path, '203.0.113.7').catch(() => {})
    }
    many('/held', BOUNDS.atDoorFromOne - 1)
    many('/known', 50)
    await vi.waitFor(() => expect(held).toHaveLength(BOUNDS.atDoorFromOne + 49), 20_000)
    expect(await ask('/', '203.0.113.7')).toBe(200)
    many('/held', 1)
    await vi.waitFor(() => expect(held).toHaveLength(BOUNDS.atDoorFromOne + 50), 20_000)
    expect(await ask('/', '203.0.113.7')).toBe(503)
    expect(await ask('/', '203.0.113.8')).toBe(200)
    held[0]!.end()
    await vi.waitFor(async () => expect(await ask('/', '203.0.113.7')).toBe(200), 20_000)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}, 60_000)
