import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Cluster, Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startRedisCluster, startRedisSentinel } from '../src/index.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-devstack-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
vi.setConfig({ testTimeout: 60_000 })

const quiet = <Client extends Redis | Cluster>(client: Client): Client =>
  client.on('error', () => {}) as Client

test('a cluster of three masters: who is killed is replaced by its replica, and comes back as one', async () => {
  const cluster = await startRedisCluster({ dir, password: 'open "sesame"' })
  const [first] = cluster.masters
  const client = quiet(
    new Cluster([{ host: '127.0.0.1', port: first!.port }], {
      redisOptions: { password: 'open "sesame"' },
      clusterRetryStrategy: () => 100,
    }),
  )
  const keys = ['alice', 'bob', 'carol', 'dan', 'erin', 'mallory']
  for (const key of keys) await client.set(key, key)
  expect(client.nodes('master')).toHaveLength(3)
  await first!.kill()
  await vi.waitFor(async () => {
    expect(await Promise.all(keys.map((key) => client.get(key)))).toEqual(keys)
  }, 20_000)
  await first!.start()
  const old = quiet(new Redis(first!.port, { password: 'open "sesame"' }))
  await vi.waitFor(async () => expect(await old.role()).toContain('slave'), 20_000)
  old.disconnect()
  client.disconnect()
  await cluster.stop()
})

test('Sentinels put the replica in the place of a master that was killed', async () => {
  const stack = await startRedisSentinel({ dir, password: 'open "sesame"', sentinelPassword: 'another' })
  expect(stack.url).toMatch(
    /^redis\+sentinel:\/\/:open%20%22sesame%22@127\.0\.0\.1:\d+,.*\/parley\?sentinelPassword=another$/,
  )
  const client = quiet(
    new Redis({
      sentinels: stack.sentinels.map(({ port }) => ({ host: '127.0.0.1', port })),
      ...{ name: 'parley', password: 'open "sesame"', sentinelPassword: 'another' },
    }),
  )
  await client.set('alice', 'here')
  expect(await client.wait(1, 5_000)).toBe(1)
  await stack.master.kill()
  await vi.waitFor(async () => expect(await client.get('alice')).toBe('here'), 20_000)
  expect(client.stream.remotePort).toBe(stack.replica.port)
  client.disconnect()
  await stack.stop()
})
