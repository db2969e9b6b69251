import { redisGauges, writeGauges } from '@parley/adapters/gauges'
import { openLog } from '@parley/adapters/log'
import { closeRedis, openRedis } from '@parley/adapters/redis'
import { expect, test, vi } from 'vitest'
import { testRedis } from '../../../tests/support/index.ts'

test('each node says how it is doing, the console reads all, and one that is gone is not shown', async () => {
  const { url, prefix } = testRedis()
  const log = openLog({ process: 'test', write: () => {} })
  const redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log })
  const gauges = redisGauges(redis)
  const first = writeGauges(redis, { node: 'realtime-1', connections: () => 7, log })
  await vi.waitFor(async () => expect(await gauges.nodes()).toHaveLength(1))
  expect((await gauges.nodes())[0]).toMatchObject({ node: 'realtime-1', connections: 7, deliveryP50: null })

  // one that died a while ago, and one of a version that said it otherwise
  const dead = { at: Date.now() - 60_000, connections: 1, deliveryP50: 1, deliveryP99: 1, eventLoopP99: 0 }
  await redis.hset('gauges', { dead: JSON.stringify(dead), strange: '{"connections":"many"}' })
  expect((await gauges.nodes()).map(({ node }) => node)).toEqual(['realtime-1'])
  expect(await redis.hkeys('gauges')).toEqual(['realtime-1'])

  await first.close()
  expect(await gauges.nodes()).toEqual([])
  await closeRedis(redis)
})

test('delivery times are those of the last seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { url, prefix } = testRedis()
  const log = openLog({ process: 'test', write: () => {} })
  const redis = await openRedis(url, { name: 'test', keyPrefix: prefix, log })
  const gauges = redisGauges(redis)
  const node = writeGauges(redis, { node: 'realtime-1', connections: () => 0, log })
  for (let ms = 1; ms <= 100; ms++) node.delivered(ms)
  vi.advanceTimersByTime(5_000)
  await vi.waitFor(async () =>
    expect((await gauges.nodes())[0]).toMatchObject({ deliveryP50: 51, deliveryP99: 100 }),
  )
  vi.advanceTimersByTime(5_000)
  await vi.waitFor(async () => expect((await gauges.nodes())[0]).toMatchObject({ deliveryP99: null }))
  await node.close()
  vi.useRealTimers()
  await closeRedis(redis)
})
