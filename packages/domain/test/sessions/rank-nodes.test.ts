import { NODE_STATES, type RealtimeNode } from '@parley/domain/ports'
import { rankNodes } from '@parley/domain/sessions/rank-nodes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const nowhere = { region: 'eu', latencies: new Map<string, number>() }
const node = (name: string, over: Partial<RealtimeNode> = {}): RealtimeNode => ({
  ...{ node: name, at: 0, address: `wss://${name}`, region: 'eu', state: 'ready', connections: 0 },
  ...{ deliveryP50: null, deliveryP99: null, eventLoopP99: 0 },
  ...over,
})

const zNodes = fc.uniqueArray(
  fc.record({
    node: fc.string({ minLength: 1, maxLength: 4 }),
    hasAddress: fc.boolean(),
    region: fc.constantFrom('eu', 'us'),
    state: fc.constantFrom(...NODE_STATES),
    connections: fc.nat(50_000),
    eventLoopP99: fc.nat(2_000),
  }),
  { selector: ({ node: name }) => name, maxLength: 12 },
)
const zLatencies = fc.dictionary(fc.string({ maxLength: 4 }), fc.nat(10_000))

test('whoever asks is told each node that can take people once, those that are full last, and no other', () => {
  fc.assert(
    fc.property(
      zNodes,
      zLatencies,
      fc.noShrink(fc.infiniteStream(fc.double({ min: 0, max: 0.999 }))),
      (made, ms, draws) => {
        const nodes = made.map(({ hasAddress, ...one }) =>
          node(one.node, { ...one, ...(hasAddress ? {} : { address: null }) }),
        )
        const latencies = new Map(Object.entries(ms).map(([name, latency]) => [`wss://${name}`, latency]))
        const ranked = rankNodes(nodes, { region: 'eu', latencies }, () => draws.next().value ?? 0)
        const of = (state: string) =>
          nodes.filter((one) => one.address && one.state === state).map((one) => one.address)
        const ready = of('ready')
        expect(new Set(ranked.slice(0, ready.length))).toEqual(new Set(ready))
        expect(new Set(ranked.slice(ready.length))).toEqual(new Set(of('full')))
        expect(ranked).toHaveLength(ready.length + of('full').length)
      },
    ),
  )
})

test('a node that is nearer or more punctual by more than two bands comes first, whatever the draw', () => {
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.integer({ min: 60, max: 2_000 }),
      fc.boolean(),
      fc.double({ min: 0, max: 0.999 }),
      (base, more, measured, draw) => {
        const slow = measured ? {} : { eventLoopP99: base + more }
        const quick = measured ? {} : { eventLoopP99: base }
        const latencies = new Map(
          measured
            ? [
                ['wss://a', base + more],
                ['wss://b', base],
              ]
            : [],
        )
        const nodes = [node('a', slow), node('b', { ...quick, connections: 40_000 })]
        expect(rankNodes(nodes, { region: 'eu', latencies }, () => draw)).toEqual(['wss://b', 'wss://a'])
      },
    ),
  )
})

describe('people are spread', () => {
  /** A small generator, so that the run repeats itself (Steele and Lea, splitmix32). */
  function seeded(seed: number) {
    let state = seed
    return () => {
      state = (state + 0x9e3779b9) | 0
      let z = state ^ (state >>> 16)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
    }
  }
  function firsts(nodes: RealtimeNode[], asks = 10_000): Record<string, number> {
    const random = seeded(7)
    const counts: Record<string, number> = {}
    for (let i = 0; i < asks; i++) {
      const [first = ''] = rankNodes(nodes, nowhere, random)
      counts[first] = (counts[first] ?? 0) + 1
    }
    return counts
  }

  test('ten thousand who ask at once do not all go to one of four equal nodes', () => {
    const counts = Object.values(firsts(['a', 'b', 'c', 'd'].map((name) => node(name, { connections: 900 }))))
    expect(counts).toHaveLength(4)
    for (const count of counts) expect(Math.abs(count - 2_500)).toBeLessThan(250)
  })

  test('a node that has just come is taken oftener, and still not by everybody', () => {
    const counts = firsts([node('new'), node('b', { connections: 9_000 }), node('c', { connections: 9_000 })])
    expect(counts['wss://new']).toBeGreaterThan(4_500)
    expect(counts['wss://new']).toBeLessThan(6_500)
  })
})

test('a node across the ocean comes after those here, until it is measured to be nearer', () => {
  const nodes = [node('far', { region: 'us' }), node('near', { connections: 5_000 })]
  expect(rankNodes(nodes, nowhere, Math.random)).toEqual(['wss://near', 'wss://far'])
  const latencies = new Map([
    ['wss://far', 10],
    ['wss://near', 200],
  ])
  expect(rankNodes(nodes, { region: 'eu', latencies }, Math.random)).toEqual(['wss://far', 'wss://near'])
})

test('one that nobody measured is taken to be as near as its neighbours', () => {
  const nodes = [node('a'), node('new'), node('us', { region: 'us' })]
  const latencies = new Map([
    ['wss://a', 150],
    ['wss://us', 40],
  ])
  const ranked = rankNodes(nodes, { region: 'eu', latencies }, Math.random)
  expect(ranked[0]).toBe('wss://us')
  expect(new Set(ranked.slice(1))).toEqual(new Set(['wss://a', 'wss://new']))
})
