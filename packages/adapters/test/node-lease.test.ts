import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@parley/adapters/log'
import { leaseNode } from '@parley/adapters/node-lease'
import { closeRedis, openRedis, type Redis } from '@parley/adapters/redis'
import { FIRST_IMPORT_NODE, MAX_NODE, ParleyError } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { onEveryRedis, testRedis } from '../../../tests/support/index.ts'

const log = openLog({ process: 'test', write: () => {} })
const settleMs = 0
onEveryRedis((testRedis) => {
  let redis: Redis
  beforeEach(async () => {
    const { url, prefix } = testRedis()
    redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log })
  })
  afterEach(() => closeRedis(redis))

  /** What a number is kept under. */
  const keyOf = (number: number) => (redis.isCluster ? `{node}:${number}` : `node:${number}`)
  const nodeOf = (id: string) => Number((BigInt(id) >> 12n) & BigInt(MAX_NODE))

  test('every process gets a number of its own, and it stands in its ids', async () => {
    const leases = await Promise.all(
      Array.from({ length: 8 }, () => leaseNode(redis, { name: 'p', log, settleMs })),
    )
    const numbers = leases.map((lease) => lease.node())
    expect(new Set(numbers).size).toBe(8)
    expect(leases.map((lease) => nodeOf(lease.newId()))).toEqual(numbers)
    await Promise.all(leases.map((lease) => lease.release()))
  })

  test('a number that is given back rests before it is anybody else’s, and the giver makes no more ids', async () => {
    for (let n = 0; n <= MAX_NODE; n++) if (n !== 7) await redis.set(keyOf(n), 'somebody')
    const lease = await leaseNode(redis, { name: 'p', log, settleMs })
    expect(lease.node()).toBe(7)
    await lease.release()
    expect(() => lease.newId()).toThrow(ParleyError)
    await expect(leaseNode(redis, { name: 'p', log, settleMs })).rejects.toThrow(/All 960 node numbers/)
    expect(await redis.pttl(keyOf(7))).toBeGreaterThan(5_000)
  })

  test('a number that imports write as is never leased', async () => {
    for (let n = 0; n < FIRST_IMPORT_NODE; n++) await redis.set(keyOf(n), 'somebody')
    await expect(leaseNode(redis, { name: 'p', log, settleMs })).rejects.toThrow(/All 960 node numbers/)
  })

  test('it is renewed for as long as the process lives', async () => {
    const lease = await leaseNode(redis, { name: 'p', log, settleMs, leaseMs: 2_400, marginMs: 50 })
    const number = lease.node()
    await sleep(3_500)
    expect(lease.node()).toBe(number)
    expect(await redis.exists(keyOf(number!))).toBe(1)
    await lease.release()
  })

  test('one that cannot renew makes no ids once the number may be another’s, and goes on when Redis is back', async () => {
    const lease = await leaseNode(redis, { name: 'p', log, settleMs, leaseMs: 2_400, marginMs: 300 })
    redis.disconnect()
    expect(lease.newId()).toMatch(/^\d+$/)
    await sleep(2_200)
    expect(lease.node()).toBeNull()
    expect(() => lease.newId()).toThrow(/No node number/)
    await redis.connect()
    await expect.poll(() => lease.node(), { timeout: 5_000 }).not.toBeNull()
    await lease.release()
  })

  test('Redis forgot, and another process has the number: a new one is taken at once on return', async () => {
    const lease = await leaseNode(redis, { name: 'p', log, settleMs })
    const number = lease.node()!
    await redis.set(keyOf(number), 'another process')
    redis.disconnect(true)
    await expect.poll(() => lease.node(), { timeout: 5_000 }).not.toBe(number)
    await expect.poll(() => lease.node(), { timeout: 5_000 }).not.toBeNull()
    expect(nodeOf(lease.newId())).not.toBe(number)
    expect(await redis.get(keyOf(number))).toBe('another process')
    await lease.release()
  })

  test('while it waits, the holder that comes back keeps the number', async () => {
    for (let n = 0; n <= MAX_NODE; n++) if (n > 1) await redis.set(keyOf(n), 'somebody')
    const waiting = leaseNode(redis, { name: 'p', log, settleMs: 600 })
    await sleep(200)
    const taken = (await redis.exists(keyOf(0))) ? 0 : 1
    await redis.set(keyOf(taken), 'the holder that came back')
    expect((await waiting).node()).toBe(1 - taken)
    await (await waiting).release()
  })
})

test('whoever leases from a Redis without memory waits for the holders to come back', async () => {
  const { url, prefix } = testRedis()
  const redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log })
  const began = Date.now()
  const first = await leaseNode(redis, { name: 'p', log, settleMs: 800 })
  expect(Date.now() - began).toBeGreaterThanOrEqual(750)
  const later = Date.now()
  const second = await leaseNode(redis, { name: 'p', log, settleMs: 800 })
  expect(Date.now() - later).toBeLessThan(400)
  await first.release()
  await second.release()
  await closeRedis(redis)
})
