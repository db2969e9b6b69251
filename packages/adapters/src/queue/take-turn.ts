import { randomUUID } from 'node:crypto'
import type { Redis } from '../redis.ts'

/** A turn whose process died is free again after this long; a living one renews it well before. */
const TURN_MS = 30_000
const RENEW_MS = TURN_MS / 3

/** Only whoever holds the turn may renew it or give it back. */
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`
const GIVE_BACK = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/**
 * Runs `work` if nobody else is running it under this key, else does nothing.
 * A process cut off from Redis for longer than TURN_MS loses its turn without knowing: what runs here must bear
 * being begun twice, and does so only then.
 * @returns whether it ran; rejects as `work` does
 */
export async function takeTurn(redis: Redis, key: string, work: () => Promise<void>): Promise<boolean> {
  const mine = randomUUID()
  if ((await redis.set(key, mine, 'PX', TURN_MS, 'NX')) === null) return false
  const renewing = setInterval(() => {
    // Redis being away is told by its connection; the turn then ends by itself
    redis.eval(RENEW, 1, key, mine, TURN_MS).catch(() => {})
  }, RENEW_MS)
  try {
    await work()
  } finally {
    clearInterval(renewing)
    await redis.eval(GIVE_BACK, 1, key, mine).catch(() => {})
  }
  return true
}
