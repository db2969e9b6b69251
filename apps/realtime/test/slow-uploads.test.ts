import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { LIMITS, PROTOCOL } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

const url = () => `http://127.0.0.1:${node.port}/poll`
async function session(who?: Someone): Promise<string> {
  const person = who ?? (await world.person(`mallory-${world.deps.newId()}`))
  const hello = { t: 'hello', ticket: world.ticket(person), protocol: PROTOCOL, client: 'raw' }
  const { text } = await post(url(), `{"t":"open"}\n${JSON.stringify(hello)}`).answer
  return JSON.parse(text.split('\n')[0]!).session
}
const head = (id: string) => `{"t":"up","session":"${id}","n":1}\n`

function begin(text: string): { sending: ClientRequest; answered: Promise<number> } {
  const sending = request(url(), { method: 'POST', agent: false })
  sending.on('error', () => {})
  const answered = once(sending, 'response').then(([response]) => {
    ;(response as IncomingMessage).resume()
    return (response as IncomingMessage).statusCode!
  })
  sending.write(text)
  return { sending, answered }
}

test('mallory begins many uploads and ends none: past a few they are not read', async () => {
  const id = await session()
  const begun = Array.from({ length: BOUNDS.pollArriving + 1 }, () => begin(head(id)))
  expect(await Promise.race(begun.map(({ answered }) => answered))).toBe(503)
  for (const { sending } of begun) sending.destroy()
  // and those that broke off take no place
  await expect.poll(async () => (await post(url(), `${head(id)}{"t":"ping"}`).answer).status).toBe(200)
})

test('mallory begins long uploads in many sessions and ends none: past what one person may hold they are not read', async () => {
  const mallory = await world.person('mallory-with-many-tabs')
  const share = LIMITS.frameBytes - 10_000
  const fit = Math.floor(BOUNDS.arrivingOfOneBytes / share)
  const begun: ReturnType<typeof begin>[] = []
  let refused = 0
  for (let tab = 0; tab < 12; tab++) {
    const id = await session(mallory)
    for (let i = 0; i < BOUNDS.pollArriving - 1; i++) {
      const one = begin(head(id) + 'x'.repeat(share))
      one.answered.then(
        (status) => {
          if (status === 503) refused++
        },
        () => {},
      )
      begun.push(one)
    }
  }
  await expect.poll(() => refused, { timeout: 20_000 }).toBeGreaterThanOrEqual(begun.length - fit)
  const alices = await session(await world.person('alice'))
  expect((await post(url(), `${head(alices)}{"t":"ping"}`).answer).status).toBe(200)
  for (const { sending } of begun) sending.destroy()
  const again = head(await session(mallory)) + '\n'.repeat(share)
  await expect.poll(async () => (await post(url(), again).answer).status).toBe(200)
})

test('an upload in more pieces than a frame may have is not read on', async () => {
  const { sending, answered } = begin(head(await session()))
  let over = false
  sending.on('response', () => {
    over = true
  })
  sending.on('close', () => {
    over = true
  })
  sending.setNoDelay(true)
  for (let i = 0; i <= BOUNDS.chunks * 2 && !over; i++) {
    sending.write('\n')
    if (i % 64 === 0) await new Promise(setImmediate)
  }
  expect(await answered).toBe(413)
  sending.destroy()
})
