import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@parley/adapters/log'
import { closeRedis, openRedis } from '@parley/adapters/redis'
import { joinRegistry } from '@parley/adapters/registry/join'
import { redisRegistry } from '@parley/adapters/registry/read'
import { freePort, startRedis } from '@parley/devstack'
import type { NodeState } from '@parley/domain/ports'
import { afterEach, expect, test, vi } from 'vitest'
import { onEveryRedis, testRedis } from '../../../tests/support/index.ts'

const log = openLog({ process: 'test', write: () => {} })
const closing: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closing.splice(0).reverse()) await close()
})

async function opened({ url, prefix } = testRedis()) {
  const redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log })
  closing.push(() => closeRedis(redis))
  return redis
}
const place = {
  node: 'realtime-1',
  address: 'wss://one',
  region: 'eu',
  connections: () => 7,
  delay: () => 3,
  log,
}

onEveryRedis((testRedis) => {
  test('each node says how it is doing, the console reads all, and one that is gone is not shown', async () => {
    const redis = await opened(testRedis())
    const registry = redisRegistry(redis)
    let state: NodeState = 'ready'
    const first = joinRegistry(redis, { ...place, state: () => state })
    await first.say()
    expect(await registry.nodes()).toEqual([
      {
        ...{ node: 'realtime-1', address: 'wss://one', region: 'eu', state: 'ready', connections: 7 },
        ...{ deliveryP50: null, deliveryP99: null, eventLoopP99: 3, at: expect.any(Number) },
      },
    ])
    state = 'draining'
    await first.say()
    expect(await registry.nodes()).toMatchObject([{ state: 'draining' }])

    // one that died a while ago by the clock of Redis, and ones of a version that said it otherwise
    const [seconds] = await redis.time()
    await redis.hset('nodes', {
      dead: `${(Number(seconds) - 7) * 1_000} ${JSON.stringify({})}`,
      strange: `${Number(seconds) * 1_000} {"connections":"many"}`,
      stranger: 'no time and no JSON',
    })
    expect((await registry.nodes()).map(({ node }) => node)).toEqual(['realtime-1'])
    expect((await redis.hkeys('nodes')).sort()).toEqual(['realtime-1', 'strange'])

    const saying = first.say()
    await first.leave()
    await saying
    await first.say()
    expect(await registry.nodes()).toEqual([])
  })
})

test('a worker says which services outside it reaches; what only another version calls is left out', async () => {
  const redis = await opened()
  const registry = redisRegistry(redis)
  const [seconds] = await redis.time()
  const well = { state: 'closed', since: 1 }
  const saying = (circuits: object) => `${Number(seconds) * 1_000} ${JSON.stringify({ circuits })}`
  await redis.hset('workers', {
    'worker-1': saying({ mail: { ...well, state: 'open' }, push: well }),
    'worker-2': saying({ mail: well, directory: { ...well, state: 'open' } }),
    'worker-3': saying({ mail: { state: 'tired', since: 1 } }),
  })
  expect((await registry.workers()).map(({ node, circuits }) => [node, circuits])).toEqual([
    ['worker-1', { mail: { state: 'open', since: 1 }, push: { state: 'closed', since: 1 } }],
    ['worker-2', { mail: { state: 'closed', since: 1 } }],
  ])
})

test('a node whose clock is wrong by hours is there all the same, and is over when its lease is', async () => {
  const redis = await opened()
  const registry = redisRegistry(redis)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 36_000_000 })
  const lost = joinRegistry(redis, { ...place, state: () => 'ready' })
  await lost.say()
  vi.useRealTimers()
  expect(await registry.nodes()).toHaveLength(1)
  await lost.leave()
})

test('delivery times are those of the last seconds', async () => {
  const redis = await opened()
  const registry = redisRegistry(redis)
  const node = joinRegistry(redis, { ...place, state: () => 'ready' })
  closing.push(() => node.leave())
  await node.say()
  for (let ms = 1; ms <= 100; ms++) node.delivered(ms)
  await node.say()
  expect(await registry.nodes()).toMatchObject([{ deliveryP50: 51, deliveryP99: 100 }])
  await node.say()
  expect(await registry.nodes()).toMatchObject([{ deliveryP99: null }])
})

test('while Redis is away, those that were last known are told, within a moment; and who must know it learns of it', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-registry-'))
  closing.push(() => rmSync(dir, { recursive: true, force: true }))
  const server = await startRedis({ dir, port: await freePort() })
  closing.push(() => server.stop())
  const redis = await openRedis(server.url, { name: 'test', log })
  closing.push(() => closeRedis(redis))
  const registry = redisRegistry(redis)
  const node = joinRegistry(redis, { ...place, state: () => 'ready' })
  await node.say()
  expect(await registry.lastKnown()).toMatchObject({ nodes: [{ node: 'realtime-1' }], current: true })
  process.kill(server.pid, 'SIGSTOP')
  // what was read a moment ago is good enough; then somebody asks Redis, and does not wait for it
  for (;;) {
    const known = await registry.lastKnown()
    expect(known.nodes).toMatchObject([{ node: 'realtime-1' }])
    if (!known.current) break
    await sleep(50)
  }
  process.kill(server.pid, 'SIGCONT')
  await node.leave()
  expect(await registry.nodes()).toEqual([])
  await server.stop()
  await expect(registry.nodes()).rejects.toThrow()
})
