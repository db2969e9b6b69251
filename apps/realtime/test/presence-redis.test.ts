import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, startRedis, startRedisCluster } from '@parley/devstack'
import { setAvailability, setStatus } from '@parley/domain/presence/index'
import type { Id, PersonPresence } from '@parley/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tests/support/index.ts'
import { openLine } from '../../../tests/support/line.ts'
import type { Someone } from '../../../tests/support/people.ts'
import type { Raw } from './support/raw-client.ts'
import { openWorld } from './support/world.ts'

vi.setConfig({ testTimeout: 120_000 })
const closing: (() => unknown)[] = []
let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-presence-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true, force: true })
})

/** What is shown where this client stands, by everything that it was told. */
function shownTo(client: Raw) {
  const people = new Map<Id, PersonPresence['state']>()
  const online = new Map<Id, number>()
  for (const frame of client.frames) {
    if (frame.t !== 'presence') continue
    for (const one of frame.people ?? []) people.set(one.person, one.state)
    for (const [id, number] of frame.online ?? []) online.set(id, number)
    for (const id of frame.unknown ?? []) people.delete(id) || online.delete(id)
  }
  return (id: Id) => people.get(id) ?? online.get(id)
}
async function shows(client: Raw, expected: [Id, string | number | undefined][], timeout = 30_000) {
  await vi.waitFor(
    () => expect(expected.map(([id]) => shownTo(client)(id))).toEqual(expected.map(([, how]) => how)),
    {
      ...{ timeout, interval: 50 },
    },
  )
}

/** Two nodes on a Redis that may be stopped; it goes on at the end. */
async function onItsOwnRedis() {
  const redis = await startRedis({ dir, port: await freePort() })
  closing.push(() => redis.stop())
  closing.push(() => process.kill(redis.pid, 'SIGCONT'))
  const world = await openWorld({ redisUrl: redis.url })
  closing.push(() => world.close())
  const [one, two] = [await world.node(), await world.node()]
  return { redis, world, one, two }
}

test('Redis hangs: alice sees nobody of another node for longer than a lease lasts, whoever is on hers as ever, and all of them right when it goes on (rule 10)', async () => {
  const { redis, world, one, two } = await onItsOwnRedis()
  const people = await Promise.all(['alice', 'bob', 'carol', 'dan', 'erin'].map((name) => world.person(name)))
  const [alice, bob, carol, dan, erin] = people as [Someone, Someone, Someone, Someone, Someone]
  const channel = await world.channel(alice, bob, carol, dan, erin)
  const [, hers, his] = [
    await world.connect(bob, two),
    await world.connect(carol, one),
    await world.connect(dan, two),
  ]
  const mine = await world.connect(alice, one)
  mine.say({ t: 'look', people: [bob, carol, dan, erin].map(({ id }) => id), conversations: [channel] })
  const before: [Id, string | number][] = [
    [bob.id, 'online'],
    [carol.id, 'online'],
    [dan.id, 'online'],
    [erin.id, 'offline'],
    [channel, 4],
  ]
  await shows(mine, before)

  process.kill(redis.pid, 'SIGSTOP')
  hers.say({ t: 'activity', idle: true })
  await shows(mine, [[carol.id, 'away']])
  his.far.close()
  await shows(
    mine,
    [bob, dan, erin].map(({ id }) => [id, undefined]),
  )
  await shows(mine, [
    [carol.id, 'away'],
    [channel, undefined],
  ])

  process.kill(redis.pid, 'SIGCONT')
  await shows(mine, [
    [bob.id, 'online'],
    [carol.id, 'away'],
    [dan.id, 'offline'],
    [erin.id, 'offline'],
    [channel, 3],
  ])
})

test('Redis hangs: within seconds alice and carol herself see what carol chooses, who is on their node; and when it goes on, so does bob, who is on another (rules 1 and 10)', async () => {
  const { redis, world, one, two } = await onItsOwnRedis()
  const people = await Promise.all(['alice', 'bob', 'carol'].map((name) => world.person(name)))
  const [alice, bob, carol] = people as [Someone, Someone, Someone]
  const [mine, his, hers] = [
    await world.connect(alice, one),
    await world.connect(bob, two),
    await world.connect(carol, one),
  ]
  for (const client of [mine, his, hers]) {
    await client.sync()
    client.say({ t: 'look', people: [carol.id], conversations: [] })
  }
  const here = [mine, hers]
  for (const client of [...here, his]) await shows(client, [[carol.id, 'online']])
  /** Once Redis counts as away, a node asks the database every two seconds. */
  const SOON_MS = 6_000

  process.kill(redis.pid, 'SIGSTOP')
  hers.say({ t: 'activity', idle: true })
  // whoever is here is told of without a word from Redis, which does not count as away yet
  for (const client of here) await shows(client, [[carol.id, 'away']], 4_000)
  await world.as(carol, setAvailability, { availability: 'busy' })
  for (const client of here) await shows(client, [[carol.id, 'busy']], 15_000)
  await world.as(carol, setStatus, { status: { emoji: null, text: 'With the auditors' } })
  await mine.until(
    'presence',
    ({ people = [] }) => people.some(({ status }) => status?.text === 'With the auditors'),
    SOON_MS,
  )
  await world.as(carol, setAvailability, { availability: 'invisible' })
  for (const client of here) await shows(client, [[carol.id, undefined]], SOON_MS)
  await world.as(carol, setAvailability, { availability: 'automatic' })
  for (const client of here) await shows(client, [[carol.id, 'away']], SOON_MS)
  await world.as(carol, setAvailability, { availability: 'busy' })
  for (const client of here) await shows(client, [[carol.id, 'busy']], SOON_MS)
  await shows(his, [[carol.id, undefined]])

  process.kill(redis.pid, 'SIGCONT')
  await shows(his, [[carol.id, 'busy']])
})

test('PostgreSQL hangs: alice sees bob go all the same, though others whom she begins to look at must wait, and then those (rule 10)', async () => {
  const database = await testDatabase()
  closing.push(() => database.drop())
  const line = await openLine(database.url)
  closing.push(() => line.close())
  const world = await openWorld({ databaseUrl: line.url })
  closing.push(() => world.close())
  const [one, two] = [await world.node(), await world.node()]
  const [alice, bob, carol] = [
    await world.person('alice'),
    await world.person('bob'),
    await world.person('carol'),
  ]
  const his = await world.connect(bob, two)
  await world.connect(carol, two)
  const mine = await world.connect(alice, one)
  mine.say({ t: 'look', people: [bob.id], conversations: [] })
  await shows(mine, [[bob.id, 'online']])

  const goOn = line.hold()
  closing.push(goOn)
  mine.say({ t: 'look', people: [bob.id, carol.id], conversations: [] })
  await mine.settled(2_000)
  his.far.close()
  await shows(mine, [
    [bob.id, 'offline'],
    [carol.id, undefined],
  ])
  goOn()
  await shows(mine, [[carol.id, 'online']])
})

test('PostgreSQL hangs: a channel that alice begins to look at waits for its number, and bob is told that of another, whose members are known (rule 10)', async () => {
  const database = await testDatabase()
  closing.push(() => database.drop())
  const line = await openLine(database.url)
  closing.push(() => line.close())
  const world = await openWorld({ databaseUrl: line.url })
  closing.push(() => world.close())
  const node = await world.node()
  const [alice, bob] = [await world.person('alice'), await world.person('bob')]
  const known = await world.channel(alice, bob)
  const unknown = await world.channel(alice, bob)
  const [mine, his] = [await world.connect(alice, node), await world.connect(bob, node)]
  mine.say({ t: 'look', people: [], conversations: [known] })
  await shows(mine, [[known, 2]])

  const goOn = line.hold()
  closing.push(goOn)
  mine.say({ t: 'look', people: [], conversations: [unknown, known] })
  await mine.settled(2_000)
  his.say({ t: 'look', people: [], conversations: [known] })
  await shows(his, [[known, 2]])
  expect(shownTo(mine)(unknown)).toBeUndefined()
  goOn()
  await shows(mine, [[unknown, 2]])
})

test('on a Cluster alice sees people come and go, also when a master is killed and its replica carries on (rules 5 and 12)', async () => {
  const cluster = await startRedisCluster({ dir })
  closing.push(() => cluster.stop())
  const world = await openWorld({ redisUrl: cluster.url })
  closing.push(() => world.close())
  const [one, two] = [await world.node(), await world.node()]
  const alice = await world.person('alice')
  // enough for every master
  const crowd = await Promise.all(Array.from({ length: 12 }, (_, i) => world.person(`bob-${i}`)))
  const here = await Promise.all(crowd.map((who) => world.connect(who, two)))
  const mine = await world.connect(alice, one)
  mine.say({ t: 'look', people: crowd.map(({ id }) => id), conversations: [] })
  const all = (how: string): [Id, string][] => crowd.map(({ id }) => [id, how])
  await shows(mine, all('online'))
  for (const client of here) client.say({ t: 'activity', idle: true })
  await shows(mine, all('away'))

  await cluster.masters[0]!.kill()
  for (const client of here) client.say({ t: 'activity', idle: false })
  await shows(mine, all('online'), 60_000)
  for (const client of here) client.far.close()
  await shows(mine, all('offline'), 60_000)
})
