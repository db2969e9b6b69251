import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'

export type TestRedis = {
  url: string
  /** Put before every key and channel: the server is shared by the whole run. */
  prefix: string
}

export const randomPrefix = (): string => `test-${randomBytes(6).toString('hex')}:`

export const testRedis = (): TestRedis => ({ url: inject('redisUrl'), prefix: randomPrefix() })
