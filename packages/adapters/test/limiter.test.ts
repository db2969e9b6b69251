import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { redisLimiter } from '@parley/adapters/limiter'
import { memoryLimiter } from '@parley/adapters/limiter/memory-limiter'
import { TAKE_POINT, takePoint } from '@parley/adapters/limiter/sliding-window'
import { openLog } from '@parley/adapters/log'
import { closeRedis, openRedis } from '@parley/adapters/redis'
import { freePort, startRedis } from '@parley/devstack'
import { RATE_LIMITS } from '@parley/domain/limits'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onEveryRedis } from '../../../tests/support/index.ts'

function listening() {
  const said: string[] = []
  return { said, log: openLog({ process: 'test', write: (line) => said.push(JSON.parse(line).what) }) }
}
const POINTS = RATE_LIMITS.signIn.points

onEveryRedis((testRedis) => {
  test('the limit holds over all processes together, however many ask at once', async () => {
    const { url, prefix } = testRedis()
    const { log } = listening()
    const processes = await Promise.all(
      [1, 2, 3].map((n) => openRedis(url, { name: `p${n}`, keyPrefix: prefix, log })),
    )
    const limiters = processes.map((redis) => redisLimiter(redis, log))
    const waits = await Promise.all(
      Array.from({ length: 90 }, (_, i) => limiters[i % 3]!.take('signIn', '203.0.113.7')),
    )
    const refused = waits.filter((wait) => wait !== null)
    expect(waits.length - refused.length).toBe(POINTS)
    for (const wait of refused) {
      expect(wait).toBeGreaterThanOrEqual(1)
      expect(wait).toBeLessThanOrEqual(2 * RATE_LIMITS.signIn.seconds)
    }
    expect(await limiters[0]!.take('signIn', '203.0.113.8')).toBeNull()
    expect(await limiters[0]!.take('door', '203.0.113.7')).toBeNull()
    expect(await limiters[0]!.take('none', '203.0.113.7')).toBeNull()
    expect(await processes[0]!.pttl('limit:signIn:203.0.113.7')).toBeGreaterThan(60_000)
    await Promise.all(processes.map(closeRedis))
  })

  test('Redis counts as the process does', async () => {
    const { url, prefix } = testRedis()
    const redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log: listening().log })
    for (let i = 0; i < 12; i++) {
      const wait = Number(await redis.eval(TAKE_POINT, 1, 'c', 5, 3_600_000))
      if (i < 5) expect(wait).toBe(0)
      else expect(wait).toBeGreaterThan(60_000)
    }
    const now = Date.now()
    const window = Math.floor(now / 3_600_000)
    await redis.hset('c', { w: window - 1, c: 5, b: 0 })
    const mine = takePoint(
      { window: window - 1, current: 5, before: 0 },
      { points: 5, seconds: 3_600 },
      now,
    ).waitMs
    const theirs = Number(await redis.eval(TAKE_POINT, 1, 'c', 5, 3_600_000))
    expect(Math.abs(mine - theirs)).toBeLessThan(2_000)
    await closeRedis(redis)
  })

  test('how much is left is told without taking any, the same with Redis and without', async () => {
    const { url, prefix } = testRedis()
    const { log } = listening()
    const redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log })
    const limiter = redisLimiter(redis, log)
    const left = async () => (await limiter.standing('signIn', 'mallory'))!
    expect(await left()).toMatchObject({ ...RATE_LIMITS.signIn, remaining: POINTS })
    for (let i = 0; i < 3; i++) await limiter.take('signIn', 'mallory')
    expect((await left()).remaining).toBe(POINTS - 3)
    expect((await left()).remaining).toBe(POINTS - 3)
    for (let i = 0; i < POINTS; i++) await limiter.take('signIn', 'mallory')
    expect((await left()).remaining).toBe(0)
    expect((await left()).reset).toBeLessThanOrEqual(RATE_LIMITS.signIn.seconds)
    expect(await limiter.standing('none', 'mallory')).toBeNull()
    await closeRedis(redis)
    const memory = memoryLimiter()
    for (let i = 0; i < 3; i++) memory.take('mallory', { points: 5, seconds: 3_600 })
    expect(memory.left('mallory', { points: 5, seconds: 3_600 }).remaining).toBe(2)
    expect(memory.left('alice', { points: 5, seconds: 3_600 }).remaining).toBe(5)
  })
})

test('without Redis sign-in is still limited, which is said once, and so is the return', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-limiter-'))
  const port = await freePort()
  let server = await startRedis({ dir, port })
  const { log, said } = listening()
  const redis = await openRedis(server.url, { name: 'test', log: listening().log })
  const limiter = redisLimiter(redis, log)
  expect(await limiter.take('signIn', 'mallory')).toBeNull()
  await server.stop()
  await expect.poll(() => redis.status).not.toBe('ready')
  const waits: (number | null)[] = []
  for (let i = 0; i < 3 * POINTS; i++) waits.push(await limiter.take('signIn', 'mallory'))
  expect(waits.filter((wait) => wait === null)).toHaveLength(POINTS)
  server = await startRedis({ dir, port })
  await expect.poll(() => redis.status, { timeout: 10_000 }).toBe('ready')
  expect(await limiter.take('signIn', 'alice')).toBeNull()
  expect(said).toEqual([
    'rate limits are counted by this process alone until Redis is back',
    'rate limits are counted on Redis again',
  ])
  await closeRedis(redis)
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('a Redis that hangs delays nobody for long and lifts no limit', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-limiter-'))
  const server = await startRedis({ dir, port: await freePort() })
  const { log } = listening()
  const redis = await openRedis(server.url, { name: 'test', log })
  const limiter = redisLimiter(redis, log)
  process.kill(server.pid, 'SIGSTOP')
  const began = Date.now()
  const waits: (number | null)[] = []
  for (let i = 0; i < 2 * POINTS; i++) waits.push(await limiter.take('signIn', 'mallory'))
  expect(Date.now() - began).toBeLessThan(1_500)
  expect(waits.filter((wait) => wait === null)).toHaveLength(POINTS)
  process.kill(server.pid, 'SIGCONT')
  await closeRedis(redis)
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('who waits as long as told gets a point, and not before', () => {
  const limit = { points: 5, seconds: 10 }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 60 }), (pauses) => {
      let now = 1_700_000_000_000
      let counter: Parameters<typeof takePoint>[0]
      for (const pause of pauses) {
        now += pause
        const taken = takePoint(counter, limit, now)
        counter = taken.counter
        if (taken.waitMs === 0) continue
        expect(taken.waitMs).toBeGreaterThan(0)
        expect(takePoint(counter, limit, now + Math.ceil(taken.waitMs)).waitMs).toBe(0)
        expect(takePoint(counter, limit, now + Math.floor(taken.waitMs * 0.99) - 1).waitMs).toBeGreaterThan(0)
      }
    }),
  )
})

test('a flood of addresses grows no memory', () => {
  const limiter = memoryLimiter(Date.now, 100)
  for (let i = 0; i < 5_000; i++) limiter.take(`address-${i}`, { points: 5, seconds: 60 })
  expect(limiter.size()).toBe(100)
})
