import { PROTOCOL } from '@parley/protocol'
import { type Departure, openPoll, type Post, type Socket, systemClock } from '@parley/sync'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { post } from './support/post.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
let alice: Someone
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
  alice = await world.person('alice')
})
afterAll(() => world.close())

/** What a page that goes would have called. */
const going = new Set<() => void>()
const departs: Departure = (run) => {
  going.add(run)
  return () => going.delete(run)
}
const pageGoes = () => {
  for (const run of going) run()
}
/** Requests that are to arrive although the page is gone. */
const lasting: string[] = []
const held: (() => void)[] = []
const asked: Post = (url, body, lasts) => {
  if (lasts) lasting.push(body)
  if (!body.startsWith('{"t":"up"')) return post(url, body)
  const { promise, resolve } = Promise.withResolvers<void>()
  held.push(resolve)
  return { answer: promise.then(() => post(url, body).answer), cancel() {} }
}
beforeEach(() => {
  going.clear()
  lasting.length = held.length = 0
})

async function inside(): Promise<{ socket: Socket; frames: string[]; closed: Promise<number> }> {
  const socket = openPoll(`ws://127.0.0.1:${node.port}`, asked, systemClock, departs)
  const frames: string[] = []
  socket.addEventListener('message', ({ data }) => frames.push(String(data)))
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener('close', ({ code }) => resolve(code)),
  )
  socket.addEventListener('open', () => {
    const hello = { t: 'hello', ticket: world.ticket(alice), protocol: PROTOCOL, client: 'test' }
    socket.send(JSON.stringify(hello))
  })
  await vi.waitFor(() => expect(frames.join()).toContain('welcome'), 20_000)
  return { socket, frames, closed }
}

test('alice closes a page that polls: the node knows at once, and a page that comes back finds its session over', async () => {
  const { closed } = await inside()
  expect(node.connections()).toBe(1)
  pageGoes()
  expect(lasting).toHaveLength(1)
  await vi.waitFor(() => expect(node.connections()).toBe(0), 10_000)
  expect(await closed).toBe(1006)
  expect(going.size).toBe(0)
})

test('what alice’s page was just bringing when it went is taken: nothing ends the session ahead of it', async () => {
  const { socket, frames } = await inside()
  socket.send('{"t":"ping"}')
  await vi.waitFor(() => expect(held).toHaveLength(1))
  pageGoes()
  expect(lasting).toEqual([])
  held[0]!()
  await vi.waitFor(() => expect(frames.join()).toContain('pong'), 20_000)
  socket.close()
  expect(going.size).toBe(0)
  await vi.waitFor(() => expect(node.connections()).toBe(0), 10_000)
})
