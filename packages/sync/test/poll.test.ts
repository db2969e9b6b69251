import { expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { createClient, openPoll, type Post } from '../src/index.ts'
import { manualClock } from './manual-clock.ts'
import { room } from './opened.ts'
import { turn } from './scripted-server.ts'

/** A node in the hands of the test: each request waits for its answer, or until the client gives it up. */
function scriptedNode() {
  const asked: { host: string; body: string; answer(...lines: unknown[]): Promise<void> }[] = []
  const post: Post = (url, body) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
    asked.push({
      host: new URL(url).host,
      body,
      answer(...lines) {
        resolve({ status: 200, text: lines.map((line) => JSON.stringify(line)).join('\n') })
        return turn()
      },
    })
    return { answer: promise, cancel: () => reject(new Error('given up')) }
  }
  /** What was asked last whose head is of this kind, and how often there was such. */
  const latest = (kind: string) => {
    const all = asked.filter(({ body }) => body.startsWith(`{"t":"${kind}"`))
    return { ...all.at(-1)!, count: all.length }
  }
  return { asked, post, latest }
}

test('a frame at which the host stumbles is reported, and what comes after it is heard, in its batch and in the next', async () => {
  const { asked, post } = scriptedNode()
  const clock = manualClock()
  const socket = openPoll('ws://one', post, clock)
  const heard: string[] = []
  socket.addEventListener('message', ({ data }) => {
    heard.push(data as string)
    if (heard.length === 2) throw new Error('stumbles')
  })
  await turn()
  socket.send('hello')
  await asked[0]!.answer({ n: 1, session: 's' }, 1, 2, 3)
  expect(heard).toEqual(['1', '2', '3'])
  expect(asked[1]!.body).toBe('{"t":"down","session":"s","ack":1}')
  // as from a timer of its own, where the host reports what nobody catches
  expect(() => clock.advance(0)).toThrow('stumbles')
  await asked[1]!.answer({ n: 2 }, 4)
  expect(heard).toEqual(['1', '2', '3', '4'])
  expect(asked[2]!.body).toBe('{"t":"down","session":"s","ack":2}')
  socket.close()
})

const WELCOME = {
  ...{ t: 'welcome', person: '1', session: '2', node: 'one', time: 0, heartbeat: 25_000 },
  resume: { token: 'resume', ms: 600_000 },
}

/** alice, polling and up to date at the first of two nodes. */
async function polling() {
  const clock = manualClock()
  const node = scriptedNode()
  const client = createClient({
    connect: async () => ({ ticket: 't', addresses: ['ws://one', 'ws://two'] }),
    openSocket() {
      throw new Error('blocked')
    },
    openPoll: (address) => openPoll(address, node.post, clock),
    ...{ clock, random: () => 0 },
  })
  client.start()
  await turn()
  await node.latest('open').answer({ n: 1, session: 's' }, WELCOME)
  const { req } = JSON.parse(node.latest('up').body.split('\n')[1]!)
  await node.latest('up').answer({})
  await node.latest('down').answer(
    { n: 2 },
    {
      ...{ t: 'synced', req, more: false, person: 1, conversations: [] },
      ...{ removed: [], threads: [], changes: [] },
    },
  )
  expect(client.connection()).toMatchObject({ state: 'live', transport: 'poll' })
  /** So many milliseconds pass, in small steps: requests are given up and made anew between two. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100)
      await turn()
    }
  }
  return { clock, node, client, pass }
}

test('a node that answers no poll any more is left within ten seconds after alice has said something', async () => {
  const { node, client, pass } = await polling()
  client.send(room, 'hello')
  await pass(10_000)
  expect(node.latest('open')).toMatchObject({ host: 'two' })
})

test('one upload that gets lost is brought again under its number, and the ping behind it is answered in time', async () => {
  const { node, client, pass } = await polling()
  client.send(room, 'hello')
  await turn()
  const lost = node.latest('up')
  await pass(BOUNDS.askedWait)
  expect(client.connection()).toMatchObject({ state: 'live', silent: true })
  await pass(BOUNDS.uploadWait + BOUNDS.pollAgain - BOUNDS.askedWait)
  expect(node.latest('up')).toMatchObject({ body: lost.body, count: lost.count + 1 })
  await node.latest('up').answer({})
  expect(node.latest('up').body).toContain('{"t":"ping"}')
  await node.latest('up').answer({})
  await node.latest('down').answer({ n: 3 }, { t: 'pong' })
  await pass(BOUNDS.askedWait - 100)
  expect(client.connection()).toMatchObject({ state: 'live', transport: 'poll' })
  expect(client.connection()).not.toHaveProperty('silent')
  expect(node.latest('open').count).toBe(1)
})

test('a poll that is held for as long as nothing happens gives no cause for anything', async () => {
  const { node, client, pass } = await polling()
  await pass(24_900)
  expect(client.connection()).not.toHaveProperty('silent')
  expect(node.latest('up').body).not.toContain('ping')
  await node.latest('down').answer({ n: 2 })
  await pass(200)
  await node.latest('up').answer({})
  await node.latest('down').answer({ n: 3 }, { t: 'pong' })
  await pass(20_000)
  expect(node.latest('open').count).toBe(1)
})
