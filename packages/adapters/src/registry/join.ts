import type { Log, NodeState, RealtimeNode } from '@parley/domain/ports'
import type { Redis } from '../redis.ts'
import { endLease, RENEW_MS, renewLease } from './lease.ts'

/** Deliveries of one interval that percentiles are taken of; past it every further one replaces an older one. */
const SAMPLES = 1_000

type Options = Pick<RealtimeNode, 'node' | 'address' | 'region'> & {
  connections(): number
  /** Milliseconds: how late the event loop runs what is due. */
  delay(): number
  state(): NodeState
  log: Log
}

export type Place = {
  /** A message reached its receivers' sockets so many milliseconds after it was accepted. */
  delivered(ms: number): void
  /** Something changed that others are to know at once. Resolves when they do, or cannot; never throws. */
  say(): Promise<void>
  /** Gives the place up at once. */
  leave(): Promise<void>
}

/** A node takes a place and says how it is doing, every RENEW_MS, until it leaves. A delivery costs a number kept. */
export function joinRegistry(redis: Redis, { node, address, region, log, ...now }: Options): Place {
  let samples: number[] = []
  let deliveries = 0
  let left = false
  let failing = false
  /** One after the other, so that nothing is said after leaving. */
  let saying = Promise.resolve()

  async function renew(): Promise<void> {
    if (left) return
    const taken = samples.sort((a, b) => a - b)
    samples = []
    deliveries = 0
    const says: Omit<RealtimeNode, 'node' | 'at'> = {
      ...{ address, region, state: now.state(), connections: now.connections() },
      deliveryP50: percentile(taken, 0.5),
      deliveryP99: percentile(taken, 0.99),
      eventLoopP99: now.delay(),
    }
    try {
      await renewLease(redis, node, JSON.stringify(says))
      failing = false
    } catch (error) {
      if (!failing) log.error('this node could not be registered', error)
      failing = true
    }
  }
  const say = () => {
    saying = saying.then(renew)
    return saying
  }
  let waiting = false
  const timer = setInterval(async () => {
    // a Redis that hangs is not asked again and again
    if (waiting) return
    waiting = true
    await say()
    waiting = false
  }, RENEW_MS)
  timer.unref()
  void say()

  return {
    delivered(ms) {
      samples[deliveries++ % SAMPLES] = ms
    },
    say,
    async leave() {
      clearInterval(timer)
      left = true
      await saying
      // it runs out by itself where Redis cannot be told
      await endLease(redis, node).catch(() => {})
    },
  }
}

const percentile = (sorted: number[], of: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? null
