import type { Log } from '@parley/domain/ports'
import type { Redis } from '../redis.ts'
import { endLease, RENEW_MS, type RegistryKey, renewLease } from './lease.ts'

export type Place = {
  /** Something changed that others are to know at once. Resolves when they do, or cannot; never throws. */
  say(): Promise<void>
  /** Gives the place up at once. */
  leave(): Promise<void>
}

/** A process takes a place in a registry and tells what it `says`, every RENEW_MS, until it leaves. */
export function holdPlace(
  redis: Redis,
  key: RegistryKey,
  { node, says, log }: { node: string; says(): object; log: Log },
): Place {
  let left = false
  let failing = false
  /** One after the other, so that nothing is said after leaving. */
  let saying = Promise.resolve()

  async function renew(): Promise<void> {
    if (left) return
    try {
      await renewLease(redis, key, node, JSON.stringify(says()))
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
    say,
    async leave() {
      clearInterval(timer)
      left = true
      await saying
      // it runs out by itself where Redis cannot be told
      await endLease(redis, key, node).catch(() => {})
    },
  }
}
