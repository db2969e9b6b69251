import {
  BadRedisAddress,
  describeRedisAddress,
  parseRedisAddress,
  type RedisAddress,
} from '@parley/adapters/config/redis-address'
import { describe, expect, test } from 'vitest'

const standalone = { form: 'standalone', tls: false, db: 0 } as const

test.each<[string, RedisAddress]>([
  ['redis://cache', { ...standalone, host: 'cache', port: 6379 }],
  ['redis://cache:7000/3', { ...standalone, host: 'cache', port: 7000, db: 3 }],
  ['redis://:s%40t@cache/', { ...standalone, host: 'cache', port: 6379, password: 's@t' }],
  [
    'rediss://parley:a:b@[2001:db8::1]:6380',
    { ...standalone, tls: true, host: '2001:db8::1', port: 6380, username: 'parley', password: 'a:b' },
  ],
  [
    'redis+cluster://:pw@one:7000,two,[::1]:7002',
    {
      ...{ form: 'cluster', tls: false, password: 'pw' },
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 6379 },
        { host: '::1', port: 7002 },
      ],
    },
  ],
  [
    'rediss+sentinel://u:pw@one,two:5000/mymaster/2?sentinelUsername=watch&sentinelPassword=w%26w',
    {
      ...{ form: 'sentinel', tls: true, username: 'u', password: 'pw', name: 'mymaster', db: 2 },
      sentinels: [
        { host: 'one', port: 26_379 },
        { host: 'two', port: 5000 },
      ],
      sentinel: { username: 'watch', password: 'w&w' },
    },
  ],
])('%s is understood', (text, address) => {
  expect(parseRedisAddress(text)).toEqual(address)
})

describe('what cannot be meant is said, and nothing of what it holds', () => {
  test.each([
    ['localhost:6379', 'is not an address such as redis://host:6379, redis+cluster://'],
    ['http://hunter2', 'is not an address'],
    ['redis://:hunter2@', 'has a host that is not host or host:port'],
    ['redis://hunter2:99999', 'has a host that is not host or host:port, with a port from 1 to 65535'],
    ['redis://one,hunter2', 'names several hosts: begin it with redis+cluster:// or redis+sentinel://'],
    ['redis://one/hunter2', 'has a database after "/" that is not a number'],
    ['redis://one/1/hunter2', 'has more after "/"'],
    ['redis://one?password=hunter2', 'has options after "?", which only redis+sentinel:// takes'],
    ['redis://%hunter2@one', 'has a "%" that begins no encoded character'],
    ['redis+cluster://one/2', 'names a database after "/": a Cluster has but one'],
    ['redis+cluster://one,,two', 'has a host that is not'],
    [`redis+cluster://${Array(33).fill('hunter2').join(',')}`, 'names 33 hosts: 32 are enough'],
    ['redis+sentinel://one,two', 'must say after "/" what the Sentinels call the master'],
    ['redis+sentinel://one/name/0/hunter2', 'must say after "/"'],
    ['redis+sentinel://one/name?sentinelpassword=hunter2', 'has options after "?" other than'],
  ])('%s', (text, message) => {
    expect(() => parseRedisAddress(text)).toThrow(BadRedisAddress)
    expect(() => parseRedisAddress(text)).toThrow(message)
    expect(() => parseRedisAddress(text)).not.toThrow('hunter2')
  })
})

test('people are shown where it is, without names and passwords', () => {
  const shown = (text: string) => describeRedisAddress(parseRedisAddress(text))
  expect(shown('redis://u:pw@cache/3')).toBe('cache:6379')
  expect(shown('redis+cluster://:pw@one,two:7000')).toBe('the Cluster of one:6379, two:7000')
  expect(shown('redis+sentinel://:pw@one,two/main?sentinelPassword=x')).toBe(
    '"main" of the Sentinels one:26379, two:26379',
  )
})
