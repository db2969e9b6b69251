import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openLog } from '@parley/adapters/log'
import { leaseNode } from '@parley/adapters/node-lease'
import { closeRedis, openRedis, type Redis } from '@parley/adapters/redis'
import { type RedisSentinel, startRedisSentinel } from '@parley/devstack'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const log = openLog({ process: 'test', write: () => {} })
vi.setConfig({ testTimeout: 60_000 })
let dir: string
let stack: RedisSentinel
let redis: Redis
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-lease-'))
  stack = await startRedisSentinel({ dir })
  redis = await openRedis(stack.url, { name: 'test', log })
  // a replica that has all of it is one only once it has said so
  await expect.poll(() => redis.info('replication'), { timeout: 10_000 }).toContain('state=online')
})
afterEach(async () => {
  await closeRedis(redis)
  await stack.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('a number that a failover would forget is not used (rule 6)', async () => {
  process.kill(stack.replica.pid(), 'SIGSTOP')
  const options = { name: 'p', log, settleMs: 0, copiedMs: 1_500 }
  await expect(leaseNode(redis, options)).rejects.toThrow(/^The replicas of Redis were 1\.5 s behind/)
  process.kill(stack.replica.pid(), 'SIGCONT')
  const lease = await vi.waitFor(() => leaseNode(redis, options), 20_000)
  expect(lease.node()).not.toBeNull()
  await lease.release()
})

test('a renewal that a failover would forget does not count (rule 6)', async () => {
  const lease = await leaseNode(redis, {
    ...{ name: 'p', log, settleMs: 0 },
    ...{ leaseMs: 4_000, marginMs: 300, copiedMs: 1_500 },
  })
  process.kill(stack.replica.pid(), 'SIGSTOP')
  await expect.poll(() => lease.node(), { timeout: 10_000 }).toBeNull()
  // though the master knows nothing else than that it is ours
  expect(await redis.keys('node:*')).toHaveLength(2)
  process.kill(stack.replica.pid(), 'SIGCONT')
  await expect.poll(() => lease.node(), { timeout: 20_000 }).not.toBeNull()
  await lease.release()
})

test('the master dies: whoever held a number keeps it, and whoever comes then waits until holders are back (rule 5)', async () => {
  const alices = await leaseNode(redis, { name: 'alice', log, settleMs: 0 })
  const number = alices.node()!
  await stack.master.kill()
  expect(alices.newId()).toMatch(/^\d+$/)
  const late = await vi.waitFor(() => openRedis(stack.url, { name: 'late', log }), 30_000)
  const began = performance.now()
  const bobs = await leaseNode(late, { name: 'bob', log, settleMs: 3_000 })
  expect(performance.now() - began).toBeGreaterThan(2_900)
  expect(bobs.node()).not.toBe(number)
  await vi.waitFor(async () => expect(await redis.get(`node:${number}`)).toMatch(/^alice /), 10_000)
  expect(alices.node()).toBe(number)
  await bobs.release()
  await alices.release()
  await closeRedis(late)
})
