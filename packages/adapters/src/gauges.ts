import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Gauges, Log, NodeGauges } from '@parley/domain/ports'
import type { Redis } from 'ioredis'
import { z } from 'zod'

const KEY = 'gauges'
const EVERY_MS = 5_000
/** A node that has said nothing for this long is not there. */
const STALE_MS = 3 * EVERY_MS
/** Deliveries of one interval that percentiles are taken of; past it every further one replaces an older one. */
const SAMPLES = 1_000

const zGauges = z.object({
  at: z.number(),
  connections: z.number(),
  deliveryP50: z.number().nullable(),
  deliveryP99: z.number().nullable(),
  eventLoopP99: z.number(),
})

/** Reads what the nodes say of themselves. What an older version said in another way is left out. */
export const redisGauges = (redis: Redis): Gauges => ({
  async nodes() {
    const said = Object.entries(await redis.hgetall(KEY))
    const nodes: NodeGauges[] = []
    for (const [node, json] of said) {
      const parsed = zGauges.safeParse(JSON.parse(json))
      if (parsed.success && parsed.data.at > Date.now() - STALE_MS) nodes.push({ node, ...parsed.data })
      else await redis.hdel(KEY, node)
    }
    return nodes.sort((a, b) => a.node.localeCompare(b.node, 'en'))
  },
})

export type GaugesWriter = {
  /** A message reached its receivers' sockets so many milliseconds after it was accepted. */
  delivered(ms: number): void
  close(): Promise<void>
}

/** A node says how it is doing, every EVERY_MS, until it is closed. Costs a delivery nothing but a number kept. */
export function writeGauges(
  redis: Redis,
  { node, connections, log }: { node: string; connections: () => number; log: Log },
): GaugesWriter {
  const loop = monitorEventLoopDelay({ resolution: 20 })
  loop.enable()
  let samples: number[] = []
  let deliveries = 0

  async function write(): Promise<void> {
    const taken = samples.sort((a, b) => a - b)
    samples = []
    deliveries = 0
    const gauges: Omit<NodeGauges, 'node'> = {
      at: Date.now(),
      connections: connections(),
      deliveryP50: percentile(taken, 0.5),
      deliveryP99: percentile(taken, 0.99),
      eventLoopP99: eventLoopP99(loop),
    }
    loop.reset()
    // The hash goes when the last node has; a node that died without goodbye is told from its time.
    await redis.multi().hset(KEY, node, JSON.stringify(gauges)).pexpire(KEY, STALE_MS).exec()
  }
  const say = () => write().catch((error: unknown) => log.error('gauges were not written', error))
  const timer = setInterval(say, EVERY_MS)
  timer.unref()
  void say()

  return {
    delivered(ms) {
      samples[deliveries++ % SAMPLES] = ms
    },
    async close() {
      clearInterval(timer)
      loop.disable()
      await redis.hdel(KEY, node).catch(() => {})
    },
  }
}

const percentile = (sorted: number[], of: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? null

/** The histogram counts the resolution in: what is late is what is beyond it. */
const eventLoopP99 = (loop: IntervalHistogram): number =>
  Math.max(0, Math.round((loop.percentile(99) / 1e6 - 20) * 10) / 10)
