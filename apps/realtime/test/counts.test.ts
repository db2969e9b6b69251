import { type Database, openDatabase, type Sql } from '@parley/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/support/index.ts'
import { openLine } from '../../../tests/support/line.ts'
import type { Connection } from '../src/gateway/connection.ts'
import { countOnline } from '../src/presence/count-online.ts'
import { type Counts, counts } from '../src/presence/counts.ts'
import type { Room } from '../src/presence/room.ts'

const general = '21'
const secret = '22'
const random = '23'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  db = openDatabase(database.url)
  await db.sql`INSERT INTO people (id, name) VALUES (11, 'Alice'), (12, 'Bob'), (13, 'Mallory')`
  for (const id of [general, secret, random])
    await db.sql`INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${id}, 'private', ${id}, 11, 2)`
  await db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${general}, 11), (${general}, 12), (${general}, 13), (${secret}, 11), (${random}, 11), (${random}, 13)`
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

/** Mallory is in general and random, not in secret; how often the database is asked is counted. */
function opened(from = db) {
  let asked = 0
  let now = 0
  const sql: Sql = (...statement) => {
    asked++
    return from.sql(...statement)
  }
  const counting: Counts = counts({ sql, now: () => now, isMember: (_, id) => id !== secret })
  const told: [string, number][] = []
  const count = (which: 'all' | 'fresh', online = ['11', '12']) =>
    counting.count(which, new Set(online), (_, id, people) => void told.push([id, people]))
  return {
    counting,
    told,
    asked: () => asked,
    pass: (ms: number) => {
      now += ms
    },
    count,
    async readAndCount(which: 'all' | 'fresh') {
      await counting.read()
      count(which)
    },
  }
}
const mallory = {} as Connection

test('nobody counts who is in a conversation because mallory looks at it, who is not', async () => {
  const { counting, told, asked, readAndCount } = opened()
  counting.look(mallory, new Set([secret]))
  expect(counting.isFresh()).toBe(false)
  await readAndCount('all')
  expect({ told, asked: asked() }).toEqual({ told: [], asked: 0 })
})

test('however many conversations mallory looks at that she is not in, those before are forgotten, though nothing is counted while Redis is away', () => {
  const { counting } = opened()
  for (let i = 0; i < 100; i++) counting.look(mallory, new Set([`${1_000 + 2 * i}`, `${1_001 + 2 * i}`]))
  expect(counting.remembered()).toBe(2)
  counting.leave(mallory)
  expect(counting.remembered()).toBe(0)
})

test('however often mallory looks away and back, the members are read once in a while', async () => {
  const { counting, told, asked, pass, readAndCount } = opened()
  for (let i = 0; i < 5; i++) {
    counting.look(mallory, new Set([general]))
    await readAndCount('fresh')
    counting.look(mallory, new Set())
    await readAndCount('fresh')
  }
  expect(told).toEqual(Array.from({ length: 5 }, () => [general, 2]))
  expect(asked()).toBe(1)
  pass(60_000)
  counting.look(mallory, new Set([general]))
  await readAndCount('fresh')
  expect(asked()).toBe(2)
})

test('bob goes and comes back: the next count knows it, and the database is not asked again', async () => {
  const { counting, told, asked, readAndCount } = opened()
  counting.look(mallory, new Set([general]))
  await readAndCount('all')
  counting.moved('12', general, false)
  await readAndCount('all')
  counting.moved('12', general, true)
  counting.moved('12', secret, true)
  await readAndCount('all')
  expect({ told, asked: asked() }).toEqual({
    told: [
      [general, 2],
      [general, 1],
      [general, 2],
    ],
    asked: 1,
  })
})

test('a number that holds no longer is taken back, and told again when it is known', async () => {
  const { counting, told, readAndCount } = opened()
  counting.look(mallory, new Set([general]))
  await readAndCount('all')
  const lost: string[] = []
  for (let i = 0; i < 2; i++) counting.lost((_, id) => void lost.push(id))
  await readAndCount('all')
  expect({ lost, told }).toEqual({
    lost: [general],
    told: [
      [general, 2],
      [general, 2],
    ],
  })
})

test('who comes while the members are read is not forgotten: they are read again', async () => {
  const { counting, told, asked, pass, readAndCount } = opened()
  counting.look(mallory, new Set([general]))
  const read = counting.read()
  counting.moved('12', general, true)
  await read
  await readAndCount('all')
  expect({ told, asked: asked() }).toEqual({ told: [[general, 2]], asked: 1 })
  for (let i = 0; i < 2; i++) {
    pass(6_000)
    await readAndCount('all')
  }
  expect(asked()).toBe(2)
})

test('PostgreSQL hangs: a number whose members are known goes on, one whose members are not waits, and one whose members were read long ago (rule 10)', async () => {
  const line = await openLine(database.url)
  const held = openDatabase(line.url)
  const { counting, told, pass, count, readAndCount } = opened(held)
  counting.look(mallory, new Set([general]))
  await readAndCount('all')
  const goOn = line.hold()
  counting.look(mallory, new Set([random, general]))
  const read = counting.read()
  count('all', ['11'])
  expect(told).toEqual([
    [general, 2],
    [general, 1],
  ])
  pass(31_000)
  count('all', ['11', '12'])
  expect(told).toHaveLength(2)
  goOn()
  await read
  await readAndCount('all')
  expect(told.slice(2).sort()).toEqual([
    [general, 2],
    [random, 1],
  ])
  await held.close()
  line.close()
})

test('sight is lost while everybody online is read: no number is told of what nobody knows any more', async () => {
  const { counting, readAndCount, told } = opened()
  counting.look(mallory, new Set([general]))
  await counting.read()
  const room = {
    ...{ counting, redis: { status: 'ready' }, others: { alive: new Set() }, clock: () => 0, online: null },
    told: { online: (_: Connection, id: string, people: number) => void told.push([id, people]) },
    sightings: {
      async everybody() {
        room.blind = true
        return new Set()
      },
    },
    blind: false,
  }
  await countOnline(room as unknown as Room)
  expect({ told, online: room.online }).toEqual({ told: [], online: null })
  await readAndCount('all')
  expect(told).toEqual([[general, 2]])
})
