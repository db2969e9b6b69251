import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'

export type TestRedis = {
  url: string
  /** Put before every key and channel: the server is shared by the whole run. */
  prefix: string
}

export function testRedis(): TestRedis {
  return { url: inject('redisUrl'), prefix: `test-${randomBytes(6).toString('hex')}:` }
}
