import type { Id } from '@parley/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { onEveryRedis } from '../../../tests/support/every-redis.ts'
import { openFollowed } from '../src/presence/followed.ts'
import { byShard, KEYS } from '../src/presence/keys.ts'
import type { Seen, Sighting } from '../src/presence/sighting.ts'
import { openSightings } from '../src/presence/sightings.ts'
import { closeRedis, openRedis } from '../src/redis.ts'

const log = { info() {}, warn() {}, error() {} }
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Enough people for every slot. */
const crowd = Array.from({ length: 200 }, (_, i): Id => `${9_000_000 + i}`)

onEveryRedis((redis) => {
  async function opened() {
    const { url: redisUrl, prefix } = redis()
    const connection = await openRedis(redisUrl, { name: 'test', keyPrefix: prefix, log })
    closing.push(() => closeRedis(connection))
    const sightings = openSightings({ redis: connection, name: 'node' })
    const heard: Sighting[] = []
    const followed = await openFollowed({
      ...{ redisUrl, prefix, name: 'other', log },
      heard: (sighting) => void heard.push(sighting),
      again() {},
    })
    closing.push(() => followed.close())
    let number = 0
    const see = (people: Id[], seen: Seen) =>
      sightings.write(
        people.map((person) => ({ origin: sightings.origin, person, number: ++number, seen, lastActive: 1 })),
      )
    async function hears(people: Id[]): Promise<void> {
      await vi.waitFor(() => expect(heard.map(({ person }) => person).toSorted()).toEqual(people.toSorted()))
      heard.length = 0
    }
    return { connection, sightings, followed, see, hears, heard }
  }

  test('a Redis that hung has written some of it anew: not all of it was kept, and what is written again counts once', async () => {
    const { connection, sightings, see } = await opened()
    await see(crowd, 'active')
    await sightings.renew()
    const [carol, ...others] = byShard(crowd, (person) => person).get(0)!
    await connection.hdel(KEYS.seen(0, sightings.origin), ...others)
    const { kept, origins } = await sightings.renew()
    expect(kept).toBe(false)
    expect(await sightings.everybody(origins)).not.toContain(carol)
    await see(crowd, 'active')
    expect((await sightings.renew()).kept).toBe(true)
    expect(await sightings.everybody(origins)).toEqual(new Set(crowd))
  })

  test('what one node sees of a crowd another reads, counts, and hears of those whom it follows', async () => {
    const { sightings, followed, see, hears } = await opened()
    await followed.follow(crowd.slice(0, 100))
    await see(crowd, 'active')
    await hears(crowd.slice(0, 100))
    const { origins, kept } = await sightings.renew()
    expect({ kept: kept, origins: [...origins] }).toEqual({ kept: false, origins: [sightings.origin] })
    expect((await sightings.renew()).kept).toBe(true)
    expect(await sightings.everybody(origins)).toEqual(new Set(crowd))
    await see(crowd.slice(0, 150), 'gone')
    await hears(crowd.slice(0, 100))
    expect(await sightings.everybody(origins)).toEqual(new Set(crowd.slice(150)))
    const known = await sightings.read(crowd, origins)
    expect(known.sightings).toHaveLength(50)
    expect(known.lastActive.size).toBe(150)
  })

  test('whoever is followed again and again is heard once, and not at all once let go', async () => {
    const { followed, see, hears, heard } = await opened()
    const [bob, carol] = crowd as [Id, Id]
    for (let i = 0; i < 3; i++) await followed.follow([bob, carol])
    await see([bob, carol], 'active')
    await hears([bob, carol])
    await followed.unfollow([bob])
    await see([bob, carol], 'gone')
    await hears([carol])
    // let go and followed in one breath: followed is what holds
    await Promise.all([followed.unfollow([carol]), followed.follow([carol])])
    await see([bob, carol], 'active')
    await hears([carol])
    expect(heard).toEqual([])
  })
})
