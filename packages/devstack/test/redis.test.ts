import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis as Client } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { freePort, startRedis } from '../src/index.ts'
import { findRedis } from '../src/redis/find-redis.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-devstack-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true, force: true })
})

describe('embedded Redis', () => {
  test('keeps queued work over a restart when told to', async () => {
    const first = await startRedis({ dir, port: await freePort(), persist: true, password: 'quo"ted word' })
    const writer = new Client(first.url)
    await writer.set('job', 'tell bob')
    writer.disconnect()
    await first.stop()

    const second = await startRedis({ dir, port: await freePort(), persist: true, password: 'quo"ted word' })
    const reader = new Client(second.url)
    expect(await reader.get('job')).toBe('tell bob')
    expect(await reader.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    reader.disconnect()
    await second.stop()
  })

  test('forgets everything when it is only for a test', async () => {
    const first = await startRedis({ dir, port: await freePort() })
    const writer = new Client(first.url)
    await writer.set('job', 'tell bob')
    writer.disconnect()
    await first.stop()

    const second = await startRedis({ dir, port: await freePort() })
    const reader = new Client(second.url)
    expect(await reader.get('job')).toBeNull()
    reader.disconnect()
    await second.stop()
  })

  test('lets nobody in without the password', async () => {
    const server = await startRedis({ dir, port: await freePort(), password: 'open sesame' })
    const stranger = new Client({ port: Number(new URL(server.url).port), lazyConnect: true })
    stranger.on('error', () => {}) // the refusal is also told here
    await expect(stranger.get('job')).rejects.toThrow(/NOAUTH/)
    stranger.disconnect()
    await server.stop()
  })
})

test('a machine with no Redis at all is told what to install', () => {
  const empty = path.join(dir, 'empty')
  mkdirSync(empty)
  vi.stubEnv('PATH', empty)
  vi.stubEnv('PARLEY_CACHE', dir)
  const nothing = { folders: [empty], unpack: () => null }
  expect(() => findRedis(nothing)).toThrow(
    /^Redis is needed and not on this machine: install it with .*, or set REDIS_URL\.$/,
  )
})

const canFetch = existsSync('/usr/bin/apt-get')
test.runIf(canFetch)(
  'a Debian machine without Redis gets it unpacked into the cache',
  { timeout: 300_000 },
  async (context) => {
    vi.stubEnv('PARLEY_CACHE', dir)
    const { unpackDebianPackages } = await import('../src/debian.ts')
    // a package that is surely not installed and needs no other stands for any
    const unpacked = unpackDebianPackages(['sl'])
    context.skip(unpacked === null, 'the package mirror cannot be reached')
    const program = path.join(unpacked?.folder ?? '', 'usr/games/sl')
    expect(existsSync(program)).toBe(true)
    expect(execFileSync('ldd', [program], { env: unpacked?.env }).toString()).not.toContain('not found')
  },
)
