import type { Log, NodeState, RealtimeNode } from '@parley/domain/ports'
import type { Redis } from '../redis.ts'
import { holdPlace, type Place } from './hold-place.ts'

/** Deliveries of one interval that percentiles are taken of; past it every further one replaces an older one. */
const SAMPLES = 1_000

type Options = Pick<RealtimeNode, 'node' | 'address' | 'region'> & {
  connections(): number
  /** Milliseconds: how late the event loop runs what is due. */
  delay(): number
  state(): NodeState
  log: Log
}

export type RealtimePlace = Place & {
  /** A message reached its receivers' sockets so many milliseconds after it was accepted. */
  delivered(ms: number): void
}

/** A realtime node says how it is doing. A delivery costs a number kept. */
export function joinRegistry(redis: Redis, { node, address, region, log, ...now }: Options): RealtimePlace {
  let samples: number[] = []
  let deliveries = 0
  function says(): Omit<RealtimeNode, 'node' | 'at'> {
    const taken = samples.sort((a, b) => a - b)
    samples = []
    deliveries = 0
    return {
      ...{ address, region, state: now.state(), connections: now.connections() },
      deliveryP50: percentile(taken, 0.5),
      deliveryP99: percentile(taken, 0.99),
      eventLoopP99: now.delay(),
    }
  }
  return {
    ...holdPlace(redis, 'nodes', { node, says, log }),
    delivered(ms) {
      samples[deliveries++ % SAMPLES] = ms
    },
  }
}

const percentile = (sorted: number[], of: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? null
