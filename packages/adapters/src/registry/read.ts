import {
  CIRCUIT_STATES,
  NODE_STATES,
  type RealtimeNode,
  type Registry,
  type Service,
} from '@parley/domain/ports'
import { within } from '@parley/domain/within'
import { jsonOf } from '@parley/protocol'
import { z } from 'zod'
import type { Redis } from '../redis.ts'
import { type RegistryKey, readLeases } from './lease.ts'

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

const zCircuitSaid = z.object({ state: z.enum(CIRCUIT_STATES), since: z.number() }).optional()
const zWorkerSaid = z.object({
  // services that only another version knows are left out
  circuits: z.object({ mail: zCircuitSaid, push: zCircuitSaid } satisfies Record<Service, z.ZodType>),
})

/** Reads what the nodes say of themselves. What another version says in another way is left out. */
export function redisRegistry(redis: Redis): Registry {
  let last: RealtimeNode[] | null = null
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<RealtimeNode[]> | null = null

  async function read(): Promise<RealtimeNode[]> {
    last = await standing(redis, 'nodes', zSaid)
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
    workers: () => standing(redis, 'workers', zWorkerSaid),
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

/** By name. */
async function standing<Said extends object>(redis: Redis, key: RegistryKey, zSays: z.ZodType<Said>) {
  const processes = (await readLeases(redis, key)).flatMap(([node, age, says]) => {
    const { data } = zSays.safeParse(jsonOf(says))
    return data ? [{ node, at: Date.now() - age, ...data }] : []
  })
  return processes.sort((a, b) => a.node.localeCompare(b.node, 'en'))
}
