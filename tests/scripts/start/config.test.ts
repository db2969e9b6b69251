import { availableParallelism } from 'node:os'
import { describe, expect, test } from 'vitest'
import { readArguments } from '../../../scripts/start/arguments.ts'
import { readConfig } from '../../../scripts/start/config.ts'
import { services } from '../../../scripts/start/services.ts'

const S3 = {
  S3_ENDPOINT: 'http://s3:9000',
  S3_BUCKET: 'parley',
  S3_ACCESS_KEY: 'key',
  S3_SECRET_KEY: 'secret',
}

describe('what a person asks npm start for', () => {
  test('everything is embedded and begins at port 3000 unless told otherwise', () => {
    const config = readConfig('/checkout', { PARLEY_HOME: '/data' }, readArguments(['--realtime', '2']))
    expect(config).toEqual({
      root: '/checkout',
      home: '/data',
      host: '127.0.0.1',
      ports: expect.objectContaining({ web: 3000, console: 3001, realtime: [3002, 3003], redis: 3008 }),
      demo: false,
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
      store: null,
    })
  })

  test('each part can be the organisation’s own', () => {
    const env = { PARLEY_HOME: 'data', PARLEY_PORT: '4000', REDIS_URL: 'rediss://cache.example.org', ...S3 }
    const config = readConfig('/checkout', env, readArguments(['--demo']))
    expect(config).toMatchObject({
      home: '/checkout/data',
      demo: true,
      databaseUrl: null,
      redisUrl: 'rediss://cache.example.org',
      store: { endpoint: 'http://s3:9000', bucket: 'parley' },
      ports: { web: 4000, worker: 4004 },
    })
  })

  test('any number of realtime processes, each on a port and under an address of its own; the others keep theirs', () => {
    const { ports } = readConfig('/checkout', { PARLEY_HOME: '/data' }, readArguments(['--realtime', '5']))
    expect(ports).toMatchObject({ realtime: [3002, 3003, 3009, 3010, 3011], worker: 3004, redis: 3008 })
    const config = readConfig('/checkout', { PARLEY_HOME: '/data' }, readArguments(['--realtime', '3']))
    const urls = (env: NodeJS.ProcessEnv) =>
      services(config, env).flatMap(({ env: { PARLEY_REALTIME_URL: url } }) => url ?? [])
    expect(urls({})).toEqual(['ws://localhost:3002', 'ws://localhost:3003', 'ws://localhost:3009'])
    const own = 'wss://a.example.org, wss://b.example.org, wss://c.example.org'
    expect(urls({ PARLEY_REALTIME_URLS: own })).toEqual(own.split(', '))
    // something in front chooses
    expect(urls({ PARLEY_REALTIME_URLS: 'wss://chat.example.org/realtime' })).toEqual([])
  })

  test('without being told, one realtime process a core, two at least and eight at most', () => {
    const { ports } = readConfig('/checkout', { PARLEY_HOME: '/data' })
    expect(ports.realtime).toHaveLength(Math.min(8, Math.max(2, availableParallelism())))
  })

  test.each([
    [{ PARLEY_PORT: 'http' }, [], 'PARLEY_PORT is "http": it must be a whole number from 1024 to 65400.'],
    [{ PARLEY_PORT: '80' }, [], 'PARLEY_PORT is "80": it must be a whole number from 1024 to 65400.'],
    [
      { PARLEY_PORT: '4040' },
      [],
      'PARLEY_PORT is 4040, and browsers refuse port 4045, which it leads to: choose another, such as 4046.',
    ],
    [
      { PARLEY_PORT: '6660' },
      [],
      'PARLEY_PORT is 6660, and browsers refuse port 6665, which it leads to: choose another, such as 6670.',
    ],
    [{ PARLEY_SECRET: 'guess' }, [], 'PARLEY_SECRET is too short: it needs at least 32 random characters.'],
    [
      { DATABASE_URL: 'mysql://db/parley' },
      [],
      'DATABASE_URL is not an address that begins with postgres:// or postgresql://.',
    ],
    [
      { REDIS_URL: 'localhost:6379' },
      [],
      'REDIS_URL is not an address such as redis://host:6379, redis+cluster://host:6379',
    ],
    [{ SMTP_URL: 'mail' }, [], 'SMTP_URL is not an address that begins with smtp:// or smtps://.'],
    [
      { ...S3, S3_SECRET_KEY: '' },
      [],
      'S3_ENDPOINT is set and S3_SECRET_KEY is not: an S3 store needs both.',
    ],
    [
      { PARLEY_PORT: '4175' },
      ['--realtime', '10'],
      'PARLEY_PORT is 4175, and browsers refuse port 4190, which it leads to: choose another, such as 4191.',
    ],
  ])('%j %j is answered with a sentence', (env, args, sentence) => {
    expect(() => readConfig('/checkout', { PARLEY_HOME: '/data', ...env }, readArguments(args))).toThrow(
      sentence,
    )
  })
})
