import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startRedisCluster, startRedisSentinel } from '@parley/devstack'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { randomPrefix, type TestRedis } from './test-redis.ts'

type Server = { url: string; stop(): Promise<void> }

const FORMS: Record<string, (dir: string) => Promise<Server>> = {
  standalone: async () => ({ url: inject('redisUrl'), stop: async () => {} }),
  'a Cluster': (dir) => startRedisCluster({ dir }),
  'the master of Sentinels': (dir) => startRedisSentinel({ dir }),
}

/**
 * The same tests on every form of Redis that REDIS_URL may name.
 * @param tests declares them; what it is given answers, within a test, a prefix of that test's own
 */
export function onEveryRedis(tests: (redis: () => TestRedis) => void): void {
  for (const [form, start] of Object.entries(FORMS))
    describe(`on ${form}`, () => {
      let server: Server
      let dir: string
      beforeAll(async () => {
        dir = mkdtempSync(path.join(tmpdir(), 'parley-redis-'))
        server = await start(dir)
      })
      afterAll(async () => {
        await server?.stop()
        rmSync(dir, { recursive: true, force: true })
      })
      tests(() => ({ url: server.url, prefix: randomPrefix() }))
    })
}
