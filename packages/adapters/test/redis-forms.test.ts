import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openLog } from '@parley/adapters/log'
import { closeRedis, openRedis, RedisOverloaded, RedisUnreachable } from '@parley/adapters/redis'
import { freePort, startRedisCluster, startRedisSentinel } from '@parley/devstack'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testRedis } from '../../../tests/support/index.ts'

vi.setConfig({ testTimeout: 90_000 })
const log = openLog({ process: 'test', write: () => {} })
const closing: (() => unknown)[] = []
let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-redis-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true, force: true })
})
async function opened<Server extends { stop(): unknown }>(starting: Promise<Server>): Promise<Server> {
  const server = await starting
  closing.push(() => server.stop())
  return server
}
async function connection(url: string) {
  const redis = await openRedis(url, { name: 'test', log })
  closing.push(() => closeRedis(redis))
  return redis
}
async function refusal(url: string): Promise<string> {
  const error = await openRedis(url, { name: 'test', log }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(RedisUnreachable)
  return (error as Error).message
}

describe('an address that leads to another Redis than it says', () => {
  test('a Cluster is not one Redis, and one Redis is no Cluster', async () => {
    const cluster = await opened(startRedisCluster({ dir, password: 'hunter2' }))
    const [master] = cluster.masters
    expect(await refusal(`redis://:hunter2@127.0.0.1:${master!.port}`)).toBe(
      'REDIS_URL leads to a node of a Redis Cluster: begin it with redis+cluster://.',
    )
    expect(await refusal(`redis+cluster://127.0.0.1:${master!.port}`)).toMatch(/lets us in: NOAUTH/)
    expect(await refusal(`redis+cluster://:wrong@127.0.0.1:${master!.port}`)).toMatch(/lets us in: WRONGPASS/)
    expect(await refusal(testRedis().url.replace('redis:', 'redis+cluster:'))).toMatch(
      /lets us in: ERR This instance has cluster support disabled\./,
    )
    expect(await refusal(`redis+cluster://127.0.0.1:${await freePort()}`)).toMatch(/nobody answers there/)
    expect(await (await connection(cluster.url)).ping()).toBe('PONG')
  })

  test('a Sentinel holds no data, a replica takes none, and both know their password and their name', async () => {
    const passwords = { password: 'hunter2', sentinelPassword: 'hunter3' }
    const stack = await opened(startRedisSentinel({ dir, ...passwords }))
    const { url } = stack
    const [sentinel] = stack.sentinels
    expect(await refusal(`redis://:hunter3@127.0.0.1:${sentinel!.port}`)).toBe(
      'REDIS_URL leads to a Sentinel: begin it with redis+sentinel:// and end it with /name of the master.',
    )
    expect(await refusal(`redis://:hunter2@127.0.0.1:${stack.replica.port}`)).toBe(
      'REDIS_URL leads to a replica, which takes no writes: name the primary, or use redis+sentinel://.',
    )
    expect(await refusal(url.replace('/parley', '/another'))).toMatch(
      /the Sentinels know no master of that name/,
    )
    expect(await refusal(url.replace('hunter3', 'wrong'))).toMatch(/WRONGPASS/)
    expect(await refusal(url.replace('hunter2', 'wrong'))).toMatch(/WRONGPASS/)
    expect(await refusal(`redis+sentinel://127.0.0.1:${await freePort()}/parley`)).toMatch(
      /nobody answers there/,
    )
    expect(await (await connection(url)).set('a', 1)).toBe('OK')
  })
})

describe('a Cluster keeps the promises of one Redis', () => {
  test('one that hangs is given up after seconds, a bounded number of commands waits, and the rest is told at once', async () => {
    const cluster = await opened(startRedisCluster({ dir }))
    const redis = await connection(cluster.url)
    await redis.set('a', 1)
    const all = [...cluster.masters, ...cluster.replicas]
    for (const member of all) process.kill(member.pid(), 'SIGSTOP')
    closing.push(() => {
      for (const member of all) process.kill(member.pid(), 'SIGCONT')
    })
    const results = await Promise.allSettled(Array.from({ length: 25_000 }, (_, n) => redis.incr(`n${n}`)))
    expect(results.every((result) => result.status === 'rejected')).toBe(true)
    const told = results.map((result) => (result.status === 'rejected' ? result.reason : null))
    expect(told.filter((reason) => reason instanceof RedisOverloaded)).toHaveLength(5_000)
    expect(String(told[0])).toMatch(/timed out/)
    // by now it is known to be away: less may wait
    await expect.poll(() => redis.status, { timeout: 30_000 }).not.toBe('ready')
    const later = await Promise.allSettled(Array.from({ length: 3_000 }, () => redis.incr('n')))
    expect(later.filter((r) => r.status === 'rejected' && r.reason instanceof RedisOverloaded)).toHaveLength(
      2_000,
    )
    for (const member of all) process.kill(member.pid(), 'SIGCONT')
    closing.pop()
    await vi.waitFor(async () => expect(await redis.get('a')).toBe('1'), 30_000)
  })

  test('a master that is killed or hangs is replaced, and commands find the new one', async () => {
    const cluster = await opened(startRedisCluster({ dir }))
    const redis = await connection(cluster.url)
    const names = ['alice', 'bob', 'carol', 'dan', 'erin', 'mallory']
    for (const name of names) await redis.set(name, name)
    const seen = () => Promise.all(names.map((name) => redis.get(name)))
    await cluster.masters[0]!.kill()
    await vi.waitFor(async () => expect(await seen()).toEqual(names), 30_000)
    const [, second] = cluster.masters
    process.kill(second!.pid(), 'SIGSTOP')
    closing.push(() => process.kill(second!.pid(), 'SIGCONT'))
    // two of the three masters must agree: the first must be there again
    await cluster.masters[0]!.start()
    await vi.waitFor(async () => expect(await seen()).toEqual(names), 30_000)
  })
})

test('a process that starts while a master is being replaced waits for it', async () => {
  const cluster = await opened(startRedisCluster({ dir }))
  await cluster.masters[2]!.kill()
  const redis = await connection(cluster.url)
  await vi.waitFor(async () => {
    for (const name of ['alice', 'bob', 'carol', 'dan']) expect(await redis.set(name, name)).toBe('OK')
  }, 20_000)
})
