import { NODE_STATES, type RealtimeNode, type Registry } from '@parley/domain/ports'
import { within } from '@parley/domain/within'
import { jsonOf } from '@parley/protocol'
import { z } from 'zod'
import type { Redis } from '../redis.ts'
import { readLeases } from './lease.ts'

/** Thousands may ask where to connect within a second: they are answered from one reading. */
const FRESH_MS = 1_000
/** Whoever asks where to connect does not wait longer for Redis than this. */
const PATIENCE_MS = 300

const zSaid = z.object({
  address: z.string().nullable(),
  region: z.string(),
  state: z.enum(NODE_STATES),
  connections: z.number(),
  deliveryP50: z.number().nullable(),
  deliveryP99: z.number().nullable(),
  eventLoopP99: z.number(),
})

/** Reads what the nodes say of themselves. What another version says in another way is left out. */
export function redisRegistry(redis: Redis): Registry {
  let last: RealtimeNode[] | null = null
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<RealtimeNode[]> | null = null

  async function read(): Promise<RealtimeNode[]> {
    const nodes = (await readLeases(redis)).flatMap(([node, age, says]) => {
      const { data } = zSaid.safeParse(jsonOf(says))
      return data ? [{ node, at: Date.now() - age, ...data }] : []
    })
    last = nodes.sort((a, b) => a.node.localeCompare(b.node, 'en'))
    readAt = performance.now()
    return last
  }
  function nodes(): Promise<RealtimeNode[]> {
    reading ??= read().finally(() => {
      reading = null
    })
    return reading
  }

  return {
    nodes,
    async lastKnown() {
      if (last && performance.now() - readAt < FRESH_MS) return { nodes: last, current: true }
      try {
        return { nodes: await within(PATIENCE_MS, nodes()), current: true }
      } catch {
        // the log has that Redis is out of reach; who asks is to be let in all the same
        return { nodes: last ?? [], current: false }
      }
    },
  }
}
