import { randomUUID } from 'node:crypto'
import { PROTOCOL } from '@parley/protocol'
import { type Departure, openPoll, type Post, type Socket, systemClock } from '@parley/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { post } from './support/post.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
let alice: Someone
beforeAll(async () => {
  world = await openWorld()
  // what goes with a page is waited for however slow the machine is; a session that is merely silent is over far sooner
  node = await world.node({ farewellMs: 600_000 })
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
const farewells: Promise<unknown>[] = []
const held: (() => void)[] = []
const asked: Post = (url, body, lasts) => {
  if (!body.startsWith('{"t":"up"')) {
    const posted = post(url, body)
    if (lasts) {
      lasting.push(body)
      farewells.push(posted.answer)
    }
    return posted
  }
  const { promise, resolve } = Promise.withResolvers<void>()
  held.push(resolve)
  return { answer: promise.then(() => post(url, body).answer), cancel() {} }
}
beforeEach(() => {
  going.clear()
  lasting.length = farewells.length = held.length = 0
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

describe('what alice’s page was just bringing when it goes is taken, once and in order, and the node knows at once', () => {
  test.each([
    ['it went with the page', false],
    ['it came by itself, too', true],
  ])('%s', async (_, arrives) => {
    const channel = await world.channel(alice)
    const { socket, closed } = await inside()
    const say = (text: string) =>
      socket.send(JSON.stringify({ t: 'send', id: randomUUID(), conversation: channel, text }))
    const written = async () =>
      (
        await world.deps.db.sql<{ text: string }>`
          SELECT text FROM messages WHERE conversation_id = ${channel} ORDER BY seq`
      ).map(({ text }) => text)
    say('One.')
    await vi.waitFor(() => expect(held).toHaveLength(1))
    say('Two.')
    if (arrives) {
      held[0]!()
      await vi.waitFor(async () => expect(await written()).toEqual(['One.']), 10_000)
    }
    pageGoes()
    expect(lasting).toHaveLength(1)
    await farewells[0]
    expect(node.connections()).toBe(0)
    expect(await written()).toEqual(['One.', 'Two.'])
    if (!arrives) held[0]!()
    await closed
  })
})

test('whoever goes before their session was opened is not there', async () => {
  const hello = { t: 'hello', ticket: world.ticket(alice), protocol: PROTOCOL, client: 'test' }
  const body = [{ t: 'open' }, hello].map((part) => JSON.stringify(part)).join('\n')
  await world.deps.db.transaction(async (tx) => {
    await tx.sql`LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE`
    const { answer, cancel } = post(`http://127.0.0.1:${node.port}/poll`, body)
    const cancelled = expect(answer).rejects.toThrow()
    await vi.waitFor(() => expect(node.holds().connections).toBe(1), 10_000)
    cancel()
    await cancelled
    await vi.waitFor(() => expect(node.holds().connections).toBe(0), 5_000)
  })
})
