import type { NodeState, RealtimeNode } from '@parley/domain/ports'
import { expect, test } from 'vitest'
import { balance } from '../src/gateway/balance.ts'
import type { Connection, Stage } from '../src/gateway/connection.ts'

const beside = { node: 'other', address: 'ws://other', region: 'here', state: 'ready' as NodeState }
const other = { ...beside, connections: 0, eventLoopP99: 0 } as RealtimeNode

/** A node that takes two connections, beside one with room. */
const nodeForTwo = () =>
  balance({
    deps: {
      registry: {
        nodes: async () => [other],
        lastKnown: async () => ({ nodes: [other], fresh: true }),
      } as never,
      region: 'here',
      addresses: { realtime: [] } as never,
      log: { info() {}, warn() {}, error() {} } as never,
    },
    ...{ name: 'one', address: 'ws://one', most: 2, delay: () => 0, healthy: () => true },
    say: async () => {},
  })

/** How it is after one look at these. */
async function lookedAt(stages: readonly Stage['at'][]) {
  const inside = stages.filter((at) => at === 'inside').length
  const sent: Stage['at'][] = []
  const connections = new Set(
    stages.map((at) => ({ stage: { at }, end: () => void sent.push(at) }) as unknown as Connection),
  )
  const node = nodeForTwo()
  await node.look(connections, inside, () => 0)
  return { state: node.state(), sent }
}

test('mallory fills the door of a node with sockets that say nothing: nobody inside is sent away for them', async () => {
  const crowd = Array.from({ length: 50 }, () => 'door' as const)
  expect(await lookedAt(['inside', 'inside', ...crowd])).toEqual({ state: 'ready', sent: [] })
  expect(await lookedAt(['inside', 'inside', 'inside', ...crowd])).toEqual({
    state: 'full',
    sent: ['inside'],
  })
})

test('a node that is not full looks at none of those who are connected', async () => {
  const unseen = {
    [Symbol.iterator]: () => {
      throw new Error('looked at somebody')
    },
  } as unknown as ReadonlySet<Connection>
  const node = nodeForTwo()
  await node.look(unseen, 2, () => 0)
  expect(node.state()).toBe('ready')
  await expect(node.look(unseen, 3, () => 0)).rejects.toThrow('looked at somebody')
})
