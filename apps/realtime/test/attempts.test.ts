import { RATE_LIMITS } from '@parley/domain/limits'
import { closeReasonOf, PROTOCOL } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Someone } from '../../../tests/support/people.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
let alice: Someone
beforeEach(async () => {
  world = await openWorld()
  node = await world.node()
  alice = await world.person('alice')
})
afterEach(() => world.close())

const TOGETHER = 30
async function times(count: number, once: () => Promise<void>): Promise<void> {
  for (let done = 0; done < count; done += TOGETHER)
    await Promise.all(Array.from({ length: Math.min(TOGETHER, count - done) }, once))
}

test('mallory tries tickets until nobody of her address may knock any more; alice, who is inside, notices nothing', async () => {
  const inside = await world.connect(alice, node)
  await times(RATE_LIMITS.badTicket.points, async () => {
    const client = await world.knock(node)
    client.say({ t: 'hello', ticket: 'made up', protocol: PROTOCOL, client: 'mallory' })
    expect(closeReasonOf(await client.closed)).toBe('bad_ticket')
  })
  const refused = new WebSocket(`ws://127.0.0.1:${node.port}`)
  const status = await new Promise((resolve) => {
    refused.once('unexpected-response', (_, response) => resolve(response.statusCode))
    refused.on('error', () => {})
  })
  expect(status).toBe(503)
  await inside.settled()
})

test('mallory comes and goes without end: the database is not asked for her any more, and she is told to slow down', async () => {
  const mallory = await world.person('mallory')
  const inside = await world.connect(alice, node)
  await times(RATE_LIMITS.connect.points, async () => {
    const client = await world.connect(mallory, node)
    client.far.terminate()
  })
  const client = await world.knock(node)
  client.say({ t: 'hello', ticket: world.ticket(mallory), protocol: PROTOCOL, client: 'test' })
  expect(closeReasonOf(await client.closed)).toBe('flood')
  await inside.settled()
})
