import type { Redis } from '../redis.ts'

/**
 * A registry is one hash, so that every operation has one key: a field for each process, with when it said so by the
 * clock of Redis. The clocks of the processes are of no account, and may be wrong.
 */
export type RegistryKey = 'nodes' | 'workers'
export const RENEW_MS = 2_000
/** A node that has said nothing for this long is not there: it missed two in a row. */
export const LEASE_MS = 6_000
/** So much later nobody's leavings are worth keeping. */
const FORGOTTEN_MS = 10 * LEASE_MS

/** KEYS: registry; ARGV: node, what it says, milliseconds until all is forgotten. */
const RENEW = `
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1], ARGV[1], now .. ' ' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])`

/** Takes out those whose lease is over. KEYS: registry; ARGV: lease in milliseconds. */
const READ = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local said = redis.call('HGETALL', KEYS[1])
local standing = {}
for i = 1, #said, 2 do
  local at, what = string.match(said[i + 1], '^(%d+) (.*)$')
  if at and now - at <= tonumber(ARGV[1]) then
    table.insert(standing, { said[i], now - at, what })
  else
    redis.call('HDEL', KEYS[1], said[i])
  end
end
return standing`

export const renewLease = (redis: Redis, key: RegistryKey, node: string, says: string): Promise<unknown> =>
  redis.eval(RENEW, 1, key, node, says, FORGOTTEN_MS)

/** By node: how many milliseconds ago it said what. */
export const readLeases = (
  redis: Redis,
  key: RegistryKey,
): Promise<[node: string, age: number, says: string][]> =>
  redis.eval(READ, 1, key, LEASE_MS) as Promise<[string, number, string][]>

export const endLease = (redis: Redis, key: RegistryKey, node: string): Promise<unknown> =>
  redis.hdel(key, node)
