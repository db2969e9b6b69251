import { perform } from '@parley/domain'
import type { RealtimeNode, Registry } from '@parley/domain/ports'
import { connect } from '@parley/domain/sessions/connect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const node = (name: string, over: Partial<RealtimeNode> = {}): RealtimeNode => ({
  ...{ node: name, at: 0, address: `wss://${name}`, region: 'eu', state: 'ready', connections: 0 },
  ...{ deliveryP50: null, deliveryP99: null, eventLoopP99: 0 },
  ...over,
})

let known: Awaited<ReturnType<Registry['lastKnown']>>
let world: TestDeps
let alice: Someone
beforeEach(async () => {
  known = { nodes: [], current: true }
  const registry = { nodes: async () => known.nodes, workers: async () => [], lastKnown: async () => known }
  world = await testDeps({ registry, region: 'eu' })
  world.deps.addresses.realtime = ['wss://a', 'wss://b', 'wss://c']
  alice = await someone(world, 'alice')
})
afterEach(() => world.close())

const ask = async (input: object = {}) => (await perform(connect, alice, input, world.deps)).addresses

test('alice is sent to the nodes that can take her, the near ones first; where she is, she may say', async () => {
  known.nodes = [
    node('a', { region: 'us' }),
    node('b'),
    node('c', { state: 'draining' }),
    node('d', { state: 'failing' }),
  ]
  expect(await ask()).toEqual(['wss://b', 'wss://a'])
  expect(await ask({ region: 'us' })).toEqual(['wss://a', 'wss://b'])
  expect(
    await ask({
      latencies: [
        ['wss://a', 5],
        ['wss://b', 300],
      ],
    }),
  ).toEqual(['wss://a', 'wss://b'])
})

test('while Redis is away she is sent where nodes were last, then to those that the configuration names', async () => {
  known = { nodes: [node('b'), node('c', { state: 'draining' })], current: false }
  expect(await ask()).toEqual(['wss://b', 'wss://a'])
  known = { nodes: [], current: false }
  expect((await ask()).sort()).toEqual(['wss://a', 'wss://b', 'wss://c'])
})

test('nodes without an address of their own are behind the configured ones', async () => {
  world.deps.addresses.realtime = ['wss://chat/realtime']
  known.nodes = [node('a', { address: null }), node('b', { address: null })]
  expect(await ask()).toEqual(['wss://chat/realtime'])
})

test('when every node is about to end, she is not left without an address', async () => {
  known.nodes = ['a', 'b', 'c'].map((name) => node(name, { state: 'draining' }))
  expect((await ask()).sort()).toEqual(['wss://a', 'wss://b', 'wss://c'])
})

test.each([
  [{ region: 'Europe!' }],
  [{ latencies: [['wss://a', -1]] }],
  [{ latencies: [['wss://a', 1.5]] }],
  [{ latencies: [['wss://a', 60_001]] }],
  [{ latencies: [['x'.repeat(301), 1]] }],
  [{ latencies: Array.from({ length: 17 }, () => ['wss://a', 1]) }],
  [{ latency: [] }],
])('mallory says %j, and is told what is wrong with it', async (input) => {
  await expect(ask(input)).rejects.toMatchObject({ code: 'bad_input' })
})
