import { RATE_LIMITS } from '@parley/domain/limits'
import { PROTOCOL } from '@parley/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openWorld, type TestNode, type World } from './support/world.ts'

// so few are made up within a moment
vi.mock('@parley/domain/limits', async (original) => {
  const limits = await original<typeof import('@parley/domain/limits')>()
  const badTicketFlood = { points: 40, seconds: 60 }
  return { ...limits, RATE_LIMITS: { ...limits.RATE_LIMITS, badTicketFlood } }
})

let world: World
let node: TestNode
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
})
afterAll(() => world.close())

test('mallory knocks as often as nobody would: nobody of her address may any more, by either way, and alice, who is inside, notices nothing', async () => {
  const alice = await world.person('alice')
  const inside = await world.connect(alice, node)
  for (let i = 0; i < RATE_LIMITS.badTicketFlood.points; i++) {
    const client = await world.knock(node)
    client.say({ t: 'hello', ticket: 'made up', protocol: PROTOCOL, client: 'mallory' })
    await client.closed
  }
  const refused = new WebSocket(`ws://127.0.0.1:${node.port}`)
  const status = await new Promise((resolve) => {
    refused.once('unexpected-response', (_, response) => resolve(response.statusCode))
    refused.once('open', () => resolve(101))
    refused.on('error', () => {})
  })
  refused.terminate()
  expect(status).toBe(503)
  const hello = { t: 'hello', ticket: world.ticket(alice), protocol: PROTOCOL, client: 'test' }
  const body = `{"t":"open"}\n${JSON.stringify(hello)}`
  expect((await fetch(`http://127.0.0.1:${node.port}/poll`, { method: 'POST', body })).status).toBe(503)
  await inside.settled()
})
