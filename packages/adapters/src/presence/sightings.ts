import { randomBytes } from 'node:crypto'
import type { Id } from '@parley/protocol'
import type { ChainableCommander } from 'ioredis'
import type { Redis } from '../redis.ts'
import { byShard, KEYS, SHARDS } from './keys.ts'
import { decodeValue, encodeMessage, encodeValue, type Sighting } from './sighting.ts'

/** A node that is killed is taken for gone when its lease, renewed every third of it, has run out. */
export const LEASE_MS = 6_000

/** What Redis knows of people: who sees them, and when they were last active. */
export type Known = { sightings: Sighting[]; lastActive: Map<Id, number> }

export type Sightings = {
  /** By which the other nodes know what this process sees. */
  origin: string
  /** Writes what changed and tells whoever follows these people. Throws when Redis did not take it: write it again. */
  write(changed: Sighting[]): Promise<void>
  /**
   * Renews this node's lease on everything it wrote. `kept`: whether all of it was still there; else it must be written
   * again. `origins`: the nodes that are alive. Throws when Redis does not answer.
   */
  renew(): Promise<{ kept: boolean; origins: Set<string> }>
  /** What those nodes see of these people. Throws when Redis does not answer. */
  read(people: Id[], origins: Iterable<string>): Promise<Known>
  /** Everybody whom those nodes see. */
  everybody(origins: Iterable<string>): Promise<Set<Id>>
}

/** On Redis's clock, so that a node whose own clock is wrong is neither dead nor immortal. KEYS: origins; ARGV: own, milliseconds. */
const RENEW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { known and 1 or 0, redis.call('ZRANGE', KEYS[1], 0, -1) }`

/**
 * Sightings in Redis. The lease is the expiry of one hash a slot, not of a key a person: renewing it costs the same for
 * five people as for fifty thousand, and what a dead node saw goes away by itself.
 */
export function openSightings({ redis, name }: { redis: Redis; name: string }): Sightings {
  const origin = `${name}-${randomBytes(6).toString('hex')}`
  /** People of this node that are written, by slot: where there are none, there is nothing to renew. */
  const written = Array.from({ length: SHARDS }, () => new Set<Id>())

  async function run(pipeline: ChainableCommander): Promise<unknown[]> {
    const answers = (await pipeline.exec()) ?? []
    return answers.map(([error, answer]) => {
      if (error) throw error
      return answer
    })
  }

  function put(shard: number, changed: Sighting[]): Promise<unknown> {
    const key = KEYS.seen(shard, origin)
    const here = changed.filter(({ seen }) => seen !== 'gone')
    const gone = changed.filter(({ seen }) => seen === 'gone')
    const inactive = changed.filter(({ seen, lastActive }) => seen !== 'active' && lastActive > 0)
    for (const { person } of here) written[shard]!.add(person)
    for (const { person } of gone) written[shard]!.delete(person)
    const pipeline = redis.pipeline()
    if (here.length > 0) {
      pipeline.hset(key, ...here.flatMap((one) => [one.person, encodeValue(one)]))
      pipeline.pexpire(key, LEASE_MS)
    }
    if (gone.length > 0) pipeline.hdel(key, ...gone.map(({ person }) => person))
    if (inactive.length > 0)
      pipeline.hset(KEYS.last(shard), ...inactive.flatMap((one) => [one.person, one.lastActive]))
    for (const one of changed) pipeline.spublish(KEYS.changes(one.person), encodeMessage(one))
    return run(pipeline)
  }

  /**
   * Whether all of it was there. A Redis that hung for longer than the lease does at last what was asked of it before,
   * and so may have written some of it anew, and renewed the lease. What is there in part is removed, to be written again.
   */
  async function renewPart(shard: number, size: number): Promise<boolean> {
    const key = KEYS.seen(shard, origin)
    const [, held] = await run(redis.pipeline().pexpire(key, LEASE_MS).hlen(key))
    if (held === size) return true
    await redis.del(key)
    return false
  }

  return {
    origin,
    async write(changed) {
      const shards = byShard(changed, ({ person }) => person)
      await Promise.all([...shards].map(([shard, list]) => put(shard, list)))
    },
    async renew() {
      const [known, origins] = (await redis.eval(RENEW, 1, KEYS.origins, origin, LEASE_MS)) as [
        number,
        string[],
      ]
      const whole = await Promise.all(written.map(({ size }, shard) => size === 0 || renewPart(shard, size)))
      return { kept: known === 1 && whole.every(Boolean), origins: new Set(origins) }
    },
    async read(people, origins) {
      const known: Known = { sightings: [], lastActive: new Map() }
      const from = [...origins]
      const shards = byShard(people, (person) => person)
      const answered = [...shards].map(async ([shard, list]) => {
        const pipeline = redis.pipeline().hmget(KEYS.last(shard), ...list)
        for (const one of from) pipeline.hmget(KEYS.seen(shard, one), ...list)
        const [last, ...seen] = (await run(pipeline)) as (string | null)[][]
        for (const [i, person] of list.entries()) {
          if (last?.[i]) known.lastActive.set(person, Number(last[i]))
          for (const [j, values] of seen.entries()) {
            const value = values[i] ? decodeValue(values[i], person, from[j]!) : null
            if (value) known.sightings.push(value)
          }
        }
      })
      await Promise.all(answered)
      return known
    },
    async everybody(origins) {
      const people = new Set<Id>()
      const from = [...origins]
      const answered = Array.from({ length: SHARDS }, async (_, shard) => {
        const pipeline = redis.pipeline()
        for (const one of from) pipeline.hkeys(KEYS.seen(shard, one))
        for (const keys of (await run(pipeline)) as string[][]) for (const id of keys) people.add(id)
      })
      await Promise.all(answered)
      return people
    },
  }
}
