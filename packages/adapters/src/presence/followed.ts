import type { Log } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { closeRedis, openShardedListener } from '../redis.ts'
import { byShard, KEYS } from './keys.ts'
import { decodeMessage, type Sighting } from './sighting.ts'

export type Followed = {
  /** From when this resolves, changes of these people are heard. Throws when Redis did not take it. */
  follow(people: Id[]): Promise<void>
  /** They are heard no longer; while Redis is away that is so anyway. */
  unfollow(people: Id[]): Promise<void>
  close(): Promise<void>
}

type Options = {
  redisUrl: string
  prefix: string
  name: string
  log: Log
  heard(sighting: Sighting): void
  /** Redis is there again, and has forgotten whom we follow: what happened meanwhile was not heard. */
  again(): void
}

/** Hears what other nodes see of people, one channel a person: only who is followed costs anything. */
export async function openFollowed({ redisUrl, prefix, name, log, ...tell }: Options): Promise<Followed> {
  const redis = await openShardedListener(redisUrl, {
    name: `${name}-presence`,
    keyPrefix: prefix,
    log,
  })
  redis.on('smessage', (_: string, text: string) => {
    const sighting = decodeMessage(text)
    if (sighting) tell.heard(sighting)
  })
  redis.on('ready', tell.again)

  const each = (people: Id[], ask: (channels: string[]) => Promise<unknown>): Promise<unknown> =>
    Promise.all([...byShard(people, (person) => person).values()].map((list) => ask(list.map(KEYS.changes))))

  return {
    async follow(people) {
      await each(people, (channels) => redis.ssubscribe(...channels))
    },
    async unfollow(people) {
      if (redis.status === 'ready') await each(people, (channels) => redis.sunsubscribe(...channels))
    },
    async close() {
      redis.removeAllListeners('ready')
      await closeRedis(redis)
    },
  }
}
