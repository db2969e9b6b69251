import type { Log } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { closeRedis, onReturn, openShardedListener } from '../redis.ts'
import { byShard, KEYS } from './keys.ts'
import { decodeMessage, type Sighting } from './sighting.ts'

export type Followed = {
  /** From when this resolves, changes of these people are heard. Throws when Redis did not take it. */
  follow(people: Id[]): Promise<void>
  /** They are heard no longer; while Redis is away, from when it is back. */
  unfollow(people: Id[]): Promise<void>
  close(): Promise<void>
}

type Options = {
  redisUrl: string
  prefix: string
  name: string
  log: Log
  heard(sighting: Sighting): void
  /** Something of Redis is there again: what happened meanwhile was not heard, and who was followed may not be. */
  again(): void
}

/**
 * Hears what other nodes see of people, one channel a person: only who is followed costs anything. On a Cluster ioredis
 * keeps the channels, once for each time they are asked for, and listens to them again by itself wherever they are by
 * then; on one Redis nothing is left of them when the connection goes. So nobody is followed who is followed already,
 * and whoever could not be is taken back.
 */
export async function openFollowed({ redisUrl, prefix, name, log, ...tell }: Options): Promise<Followed> {
  const redis = await openShardedListener(redisUrl, {
    name: `${name}-presence`,
    keyPrefix: prefix,
    log,
  })
  const held = new Set<Id>()
  /** Of those, who is to be let go when Redis is there. */
  const unwanted = new Set<Id>()

  redis.on('smessage', (_: string, text: string) => {
    const sighting = decodeMessage(text)
    if (sighting) tell.heard(sighting)
  })
  function again(): void {
    if (!redis.isCluster) {
      held.clear()
      unwanted.clear()
    }
    tell.again()
  }
  const returning = onReturn(redis, again)
  // the connections to listen with come by themselves, after those to ask with
  redis.on('subscribersReady', again)

  /** Each slot by itself: of a Cluster, some may be served while others are not. */
  async function each(
    people: Id[],
    ask: (people: Id[], channels: string[]) => Promise<unknown>,
  ): Promise<void> {
    const shards = [...byShard(people, (person) => person).values()]
    const asked = await Promise.allSettled(shards.map((list) => ask(list, list.map(KEYS.changes))))
    for (const one of asked) if (one.status === 'rejected') throw one.reason
  }

  async function letGo(): Promise<void> {
    if (redis.status !== 'ready' || unwanted.size === 0) return
    const people = [...unwanted]
    // whoever is followed again from here on is asked for behind this
    unwanted.clear()
    for (const person of people) held.delete(person)
    await each(people, (_, channels) => redis.sunsubscribe(...channels))
  }

  return {
    async follow(people) {
      if (redis.status !== 'ready') throw new Error('Redis is away')
      for (const person of people) unwanted.delete(person)
      const anew = people.filter((person) => !held.has(person))
      await each(anew, async (list, channels) => {
        for (const person of list) held.add(person)
        try {
          await redis.ssubscribe(...channels)
        } catch (error) {
          for (const person of list) held.delete(person)
          redis.sunsubscribe(...channels).catch(() => {}) // it was not, or is not now
          throw error
        }
      })
    },
    async unfollow(people) {
      for (const person of people) if (held.has(person)) unwanted.add(person)
      await letGo()
    },
    async close() {
      returning()
      redis.off('subscribersReady', again)
      await closeRedis(redis)
    },
  }
}
