import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { sendMessage } from '@parley/domain/messages/send-message'
import { LIMITS, PROTOCOL } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { post } from './support/post.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
})
afterAll(() => world.close())

/** The node's clock stands still: nothing that was counted is made good by time. */
const clock = vi.spyOn(performance, 'now')
beforeEach(() => void clock.mockReturnValue(performance.now()))
afterEach(() => void clock.mockReset())

const url = () => `http://127.0.0.1:${node.port}/poll`
const bodyOf = (...lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n')
const ask = (...lines: object[]) => post(url(), bodyOf(...lines)).answer

const MESSAGES = 40
const TEXT = '字'.repeat(LIMITS.messageText)

/** A session of theirs for which a long page of history is ready, and the number of the batch before it. */
async function pageFor(who: Someone): Promise<{ session: string; ack: number }> {
  const channel = await world.channel(who)
  for (let i = 0; i < MESSAGES; i++)
    await world.as(who, sendMessage, { id: randomUUID(), conversation: channel, text: TEXT })
  const hello = { t: 'hello', ticket: world.ticket(who), protocol: PROTOCOL, client: 'raw' }
  const { text } = await ask({ t: 'open' }, hello)
  const { session, n } = JSON.parse(text.split('\n')[0]!) as { session: string; n: number }
  const history = { t: 'history', req: 1, conversation: channel, from: 1, to: MESSAGES }
  expect(await ask({ t: 'up', session, n: 1 }, history)).toMatchObject({ status: 200 })
  return { session, ack: n }
}

test('mallory asks for the same page again and again: she has it a few times, and is then told that it is too much', async () => {
  const mallory = await world.person('mallory')
  const { session, ack } = await pageFor(mallory)
  const down = () => ask({ t: 'down', session, ack })
  const first = await down()
  const most = 1 + BOUNDS.floodBurst / (Buffer.byteLength(first.text) / BOUNDS.floodAgainBytes)
  let had = 1
  let answer = await down()
  for (; answer.text === first.text && had <= most; had++) answer = await down()
  expect(had).toBeGreaterThan(2)
  expect(had).toBeLessThanOrEqual(most)
  expect(answer).toEqual({ status: 429, text: `{"n":${ack}}\n{"t":"bye","reason":"flood"}\n` })
  expect(await down()).toMatchObject({ status: 404 })
  expect(node.holds()).toMatchObject({ connections: 0, unsentBytes: 0 })
})

test('alice’s connection breaks twice while a page is on its way: she asks again, and has all of it', async () => {
  const alice = await world.person('alice')
  const { session, ack } = await pageFor(alice)
  const whole = await ask({ t: 'down', session, ack })
  for (let i = 0; i < 2; i++) {
    const asking = request(url(), { method: 'POST', agent: false })
    asking.on('error', () => {})
    asking.end(bodyOf({ t: 'down', session, ack }))
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    response.on('error', () => {})
    await once(response, 'data')
    asking.destroy()
  }
  expect(await ask({ t: 'down', session, ack })).toEqual(whole)
  expect(whole.status).toBe(200)
  const { messages, ...page } = JSON.parse(whole.text.split('\n')[1]!)
  // as many of them as go into one answer, and where to ask on
  expect(page).toMatchObject({ t: 'messages', req: 1, next: messages.length + 1 })
  expect(Buffer.byteLength(whole.text)).toBeGreaterThan(128_000)
  await ask({ t: 'end', session })
})
