import { closeReasonOf } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
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

/** The status of the handshake: 101 when the socket is open, and then it stays so. */
const knock = (sockets: WebSocket[]) =>
  new Promise<number>((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${node.port}`, { perMessageDeflate: false })
    sockets.push(ws)
    ws.once('open', () => resolve(101))
    ws.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    ws.on('error', () => {})
  })

test('mallory opens sockets and says nothing: others of her address wait, and those inside notice nothing', async () => {
  const inside = await world.connect(alice, node)
  const sockets: WebSocket[] = []
  const answers: number[] = []
  while (answers.length < BOUNDS.atDoorFromOne + 20)
    answers.push(...(await Promise.all(Array.from({ length: 60 }, () => knock(sockets)))))
  expect(answers.filter((status) => status === 101)).toHaveLength(BOUNDS.atDoorFromOne)
  expect(answers.at(-1)).toBe(503)
  await inside.settled()
  // whoever goes, or says who they are, makes room
  for (const ws of sockets.splice(0, 10)) ws.terminate()
  await inside.settled(300)
  expect(await knock(sockets)).toBe(101)
  for (const ws of sockets) ws.terminate()
  await inside.settled(300)
  for (let i = 0; i < 20; i++) (await world.connect(alice, node)).far.close()
}, 60_000)

test('who is not known sends no more than a hello: neither a long frame nor a part of one', async () => {
  const long = await world.knock(node)
  long.say({ t: 'hello', ticket: 'x'.repeat(BOUNDS.helloBytes), protocol: 1, client: 'mallory' })
  expect(closeReasonOf(await long.closed)).toBe('bad_frame')
  const sockets: WebSocket[] = []
  expect(await knock(sockets)).toBe(101)
  const [parts] = sockets
  const closed = new Promise<number>((resolve) => parts!.once('close', resolve))
  parts!.send('x'.repeat(BOUNDS.doorBytes), { fin: false })
  expect(closeReasonOf(await closed)).toBe('bad_frame')
})
