import type { NodeState, RealtimeNode } from '@parley/domain/ports'
import { expect, test } from 'vitest'
import { balance } from '../src/gateway/balance.ts'
import type { Connection, Stage } from '../src/gateway/connection.ts'

const beside = { node: 'other', address: 'ws://other', region: 'here', state: 'ready' as NodeState }
const other = { ...beside, connections: 0, eventLoopP99: 0 } as RealtimeNode

/** A node that takes two connections, beside one with room, and how it is after one look at these. */
async function lookedAt(stages: readonly Stage['at'][]) {
  const sent: Stage['at'][] = []
  const connections = new Set(
    stages.map((at) => ({ stage: { at }, end: () => void sent.push(at) }) as unknown as Connection),
  )
  const node = balance({
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
  await node.look(connections, () => 0)
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
