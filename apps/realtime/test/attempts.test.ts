import { RATE_LIMITS } from '@parley/domain/limits'
import { closeReasonOf, PROTOCOL } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
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

const madeUp = { t: 'hello', ticket: 'made up', protocol: PROTOCOL, client: 'mallory' }

test('mallory tries tickets without end: she is told so, and past some cut off at once; alice, behind the same address, is let in with hers', async () => {
  const inside = await world.connect(alice, node)
  await times(RATE_LIMITS.badTicket.points, async () => {
    const client = await world.knock(node)
    client.say(madeUp)
    expect(closeReasonOf(await client.closed)).toBe('bad_ticket')
  })
  const client = await world.knock(node)
  client.say(madeUp)
  expect(await client.closed).toBe(1006)
  expect(client.frames).toEqual([])
  const body = `{"t":"open"}\n${JSON.stringify(madeUp)}`
  await expect(fetch(`http://127.0.0.1:${node.port}/poll`, { method: 'POST', body })).rejects.toThrow()
  await expect.poll(() => node.holds()).toMatchObject({ connections: 1, atDoor: 0 })
  await (await world.connect(alice, node)).settled()
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
