import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@parley/adapters/log'
import { closeRedis, openRedis, RedisOverloaded, RedisUnreachable } from '@parley/adapters/redis'
import { freePort, startRedis } from '@parley/devstack'
import { expect, test, vi } from 'vitest'
import { testRedis } from '../../../tests/support/index.ts'
import { openLine } from '../../../tests/support/line.ts'

function listening() {
  const said: string[] = []
  const log = openLog({ process: 'test', write: (line) => said.push(JSON.parse(line).what) })
  return { log, said }
}

/** A Redis of the test's own, to be stopped and frozen. */
async function ownRedis(
  work: (redis: Awaited<ReturnType<typeof startRedis>>, again: () => Promise<void>) => Promise<void>,
) {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-redis-'))
  const port = await freePort()
  let redis = await startRedis({ dir, port })
  const again = async () => {
    redis = await startRedis({ dir, port })
  }
  try {
    await work(redis, again)
  } finally {
    await redis.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

test('a wrong address is one sentence that shows no password', async () => {
  const { log } = listening()
  const url = `redis://:hunter2@127.0.0.1:${await freePort()}`
  const error = await openRedis(url, { name: 'test', log }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(RedisUnreachable)
  expect((error as Error).message).toMatch(/^REDIS_URL does not lead to a Redis .*ECONNREFUSED/)
  expect((error as Error).message).not.toContain('hunter2')
})

test('a wrong password is told as such', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-redis-'))
  const server = await startRedis({ dir, port: await freePort(), password: 'the right one' })
  const url = new URL(server.url)
  for (const password of ['hunter2', '']) {
    url.password = password
    const error = await openRedis(url.href, { name: 'test', log: listening().log }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(RedisUnreachable)
    expect((error as Error).message).toMatch(/WRONGPASS|NOAUTH/)
    expect((error as Error).message).not.toContain('hunter2')
  }
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('keys are the installation’s own', async () => {
  const { log } = listening()
  const { url, prefix } = testRedis()
  const mine = await openRedis(url, { name: 'mine', keyPrefix: prefix, log })
  const other = await openRedis(url, { name: 'other', log })
  await mine.set('a', '1')
  expect(await other.get('a')).toBeNull()
  expect(await other.get(`${prefix}a`)).toBe('1')
  await closeRedis(mine)
  await closeRedis(other)
})

test('Redis goes and comes back: said once each, commands work again, subscriptions too', async () => {
  await ownRedis(async (server, again) => {
    const { log, said } = listening()
    const redis = await openRedis(server.url, { name: 'test', log })
    const subscriber = await openRedis(server.url, { name: 'ears', log: listening().log })
    const heard: string[] = []
    await subscriber.subscribe('news')
    subscriber.on('message', (_channel, text) => heard.push(text))
    await server.stop()
    await expect(redis.get('a')).rejects.toThrow()
    await again()
    await expect.poll(() => redis.status, { timeout: 10_000 }).toBe('ready')
    await expect.poll(() => subscriber.status, { timeout: 10_000 }).toBe('ready')
    await sleep(100)
    await redis.publish('news', 'hello')
    await expect.poll(() => heard).toEqual(['hello'])
    expect(said).toEqual(['redis is out of reach', 'redis is back'])
    await closeRedis(redis)
    await closeRedis(subscriber)
  })
})

test('while Redis is away a bounded number of commands waits, and the rest is told at once', async () => {
  await ownRedis(async (server) => {
    const redis = await openRedis(server.url, { name: 'test', log: listening().log })
    await server.stop()
    await expect.poll(() => redis.status).not.toBe('ready')
    const results = await Promise.allSettled(Array.from({ length: 5_000 }, () => redis.incr('n')))
    const overloaded = results.filter((r) => r.status === 'rejected' && r.reason instanceof RedisOverloaded)
    expect(overloaded.length).toBeGreaterThanOrEqual(3_000)
    expect(results.every((r) => r.status === 'rejected')).toBe(true)
    await closeRedis(redis)
  })
})

test('a Redis that hangs is given up after seconds, not never', async () => {
  await ownRedis(async (server) => {
    const redis = await openRedis(server.url, { name: 'test', log: listening().log })
    process.kill(server.pid, 'SIGSTOP')
    const began = Date.now()
    await expect(redis.get('a')).rejects.toThrow(/timed out/)
    expect(Date.now() - began).toBeLessThan(8_000)
    process.kill(server.pid, 'SIGCONT')
    await closeRedis(redis)
  })
})

test('a connection that falls silent is replaced, and what is asked then is answered', async () => {
  await ownRedis(async (server) => {
    const line = await openLine(server.url)
    const redis = await openRedis(line.url, { name: 'test', log: listening().log })
    line.silence()
    await expect(redis.set('a', 1)).rejects.toThrow(/timed out/)
    await vi.waitFor(async () => expect(await redis.set('a', 1)).toBe('OK'), { timeout: 8_000 })
    await closeRedis(redis)
    line.close()
  })
})
