import { closeReasonOf, PROTOCOL } from '@parley/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { openWorld, type World } from './support/world.ts'

let world: World
let alice: Someone
beforeEach(async () => {
  world = await openWorld()
  alice = await world.person('alice')
})
afterEach(() => world.close())

const nodes = () => world.deps.registry.nodes()
const addressOf = (node: { port: number }) => `ws://127.0.0.1:${node.port}`
const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 50 })

test('nodes take a place, and give it up at once when they end', async () => {
  const node = await world.node({ routed: true })
  await until(async () =>
    expect(await nodes()).toMatchObject([
      { node: 'node-1', address: addressOf(node), state: 'ready', connections: 0, region: 'default' },
    ]),
  )
  await node.close()
  expect(await nodes()).toEqual([])
})

test('a full node sends its newest, and whoever comes then, to one that has room; the others stay', async () => {
  const one = await world.node({ routed: true, most: 4 })
  const other = await world.node({ routed: true })
  await until(async () => expect(await nodes()).toHaveLength(2))
  const people = []
  for (let i = 0; i < 6; i++) people.push(await world.connect(alice, one))
  const shed = await Promise.race(people.map((client) => client.until('bye', undefined, 20_000)))
  expect(shed).toEqual({ t: 'bye', reason: 'redirect', addresses: [addressOf(other)] })
  const newcomer = await world.knock(one)
  newcomer.say({ t: 'hello', ticket: world.ticket(alice), protocol: PROTOCOL, client: 'test' })
  expect(closeReasonOf(await newcomer.closed)).toBe('redirect')
  expect(newcomer.frames).toEqual([{ t: 'bye', reason: 'redirect', addresses: [addressOf(other)] }])
  // the three newest go: below what it takes by a margin
  await until(async () => expect(one.connections()).toBe(3))
  const byes = people.map(({ frames }) => frames.some(({ t }) => t === 'bye'))
  expect(byes).toEqual([false, false, false, true, true, true])
  // and it has room again
  await until(async () => expect((await nodes()).map(({ state }) => state)).toEqual(['ready', 'ready']))
  await world.connect(alice, one)
})

test('strangers at the door of a node are told of, and keep nobody away from it: they are nobody yet', async () => {
  const one = await world.node({ routed: true, most: 2 })
  await world.node({ routed: true })
  await until(async () => expect(await nodes()).toHaveLength(2))
  for (let i = 0; i < 4; i++) await world.knock(one)
  const a = await world.connect(alice, one)
  const answer = await fetch(`http://127.0.0.1:${one.port}/health`)
  expect(await answer.json()).toMatchObject({ state: 'ready', connections: 1, atDoor: 4 })
  await until(async () =>
    expect((await nodes()).find(({ node }) => node === 'node-1')).toMatchObject({
      state: 'ready',
      connections: 1,
    }),
  )
  await a.settled()
})

test('where no other node has room, a full one keeps its people and takes more', async () => {
  const one = await world.node({ routed: true, most: 1 })
  const people = [await world.connect(alice, one), await world.connect(alice, one)]
  await until(async () => expect(await nodes()).toMatchObject([{ state: 'full' }]))
  const newcomer = await world.connect(alice, one)
  for (const client of [...people, newcomer]) await client.settled()
})

test('a node that is told to end says so first, then names the others to everybody', async () => {
  const one = await world.node({ routed: true })
  const other = await world.node({ routed: true })
  await until(async () => expect(await nodes()).toHaveLength(2))
  const people = [await world.connect(alice, one), await world.connect(alice, one)]
  const ending = one.close()
  const [first] = await Promise.all(people.map((client) => client.until('bye')))
  expect(first).toEqual({ t: 'bye', reason: 'restart', addresses: [addressOf(other)] })
  expect(await nodes()).toMatchObject([{ node: 'node-1', state: 'draining' }, { state: 'ready' }])
  await ending
  expect(await nodes()).toMatchObject([{ node: 'node-2' }])
})
