import { RATE_LIMITS } from '@parley/domain/limits'
import type { Limiter, Log } from '@parley/domain/ports'
import { within } from '@parley/domain/within'
import { memoryLimiter } from './limiter/memory-limiter.ts'
import { POINTS_LEFT, TAKE_POINT } from './limiter/sliding-window.ts'
import type { Redis } from './redis.ts'

/** A limiter must not be what makes everything slow: after this it counts by itself, and asks again a little later. */
const ANSWER_MS = 300
const ASK_AGAIN_MS = 1_000

/**
 * Counts on Redis for all processes together. While Redis is away each process counts by itself, so that nothing is
 * ever unlimited; a person then has as many points as there are processes that they reach.
 */
export function redisLimiter(redis: Redis, log: Log): Limiter {
  const memory = memoryLimiter()
  let askAgainAt = 0

  async function ask(script: string, key: string, points: number, seconds: number): Promise<unknown> {
    if (redis.status !== 'ready' || performance.now() < askAgainAt) return null
    try {
      return await within(ANSWER_MS, redis.eval(script, 1, `limit:${key}`, points, seconds * 1_000))
    } catch (error) {
      askAgainAt = performance.now() + ASK_AGAIN_MS
      if (!alone) log.error('the limiter had no answer from Redis', error)
      return null
    }
  }

  let alone = false
  return {
    async take(name, key) {
      const limit = RATE_LIMITS[name]
      if (limit === null) return null
      const counted = `${name}:${key}`
      const answer = await ask(TAKE_POINT, counted, limit.points, limit.seconds)
      let waitMs = answer === null ? null : Number(answer)
      if ((waitMs === null) !== alone) {
        alone = waitMs === null
        if (alone) log.warn('rate limits are counted by this process alone until Redis is back')
        else log.info('rate limits are counted on Redis again')
        memory.clear()
      }
      waitMs ??= memory.take(counted, limit)
      return waitMs > 0 ? Math.ceil(waitMs / 1_000) : null
    },
    async standing(name, key) {
      const limit = RATE_LIMITS[name]
      if (limit === null) return null
      const counted = `${name}:${key}`
      const answer = await ask(POINTS_LEFT, counted, limit.points, limit.seconds)
      const { remaining, resetMs } = answer === null ? memory.left(counted, limit) : toLeft(answer)
      return { ...limit, remaining, reset: Math.ceil(resetMs / 1_000) }
    },
  }
}

function toLeft(answer: unknown): { remaining: number; resetMs: number } {
  const [remaining, resetMs] = answer as [number, number]
  return { remaining, resetMs }
}
