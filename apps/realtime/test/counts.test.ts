import { type Database, openDatabase, type Sql } from '@parley/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/support/index.ts'
import type { Connection } from '../src/gateway/connection.ts'
import { type Counts, counts } from '../src/presence/counts.ts'

const general = '21'
const secret = '22'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  db = openDatabase(database.url)
  await db.sql`INSERT INTO people (id, name) VALUES (11, 'Alice'), (12, 'Bob'), (13, 'Mallory')`
  for (const id of [general, secret])
    await db.sql`INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${id}, 'private', ${id}, 11, 2)`
  await db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${general}, 11), (${general}, 12), (${general}, 13), (${secret}, 11)`
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

/** Mallory is in general alone; how often the database is asked is counted. */
function opened() {
  let asked = 0
  let now = 0
  const sql: Sql = (...statement) => {
    asked++
    return db.sql(...statement)
  }
  const counting: Counts = counts({ sql, now: () => now, isMember: (_, id) => id === general })
  const told: [string, number][] = []
  return {
    counting,
    told,
    asked: () => asked,
    pass: (ms: number) => {
      now += ms
    },
    count: (which: 'all' | 'fresh') =>
      counting.count(which, new Set(['11', '12']), (_, id, people) => void told.push([id, people])),
  }
}
const mallory = {} as Connection

test('nobody counts who is in a conversation because mallory looks at it, who is not', async () => {
  const { counting, told, asked, count } = opened()
  counting.look(mallory, new Set([secret]))
  expect(counting.isFresh()).toBe(false)
  await count('all')
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
  const { counting, told, asked, pass, count } = opened()
  for (let i = 0; i < 5; i++) {
    counting.look(mallory, new Set([general]))
    await count('fresh')
    counting.look(mallory, new Set())
    await count('fresh')
  }
  expect(told).toEqual(Array.from({ length: 5 }, () => [general, 2]))
  expect(asked()).toBe(1)
  pass(60_000)
  counting.look(mallory, new Set([general]))
  await count('fresh')
  expect(asked()).toBe(2)
})

test('bob goes and comes back: the next count knows it, and the database is not asked again', async () => {
  const { counting, told, asked, count } = opened()
  counting.look(mallory, new Set([general]))
  await count('all')
  counting.moved('12', general, false)
  await count('all')
  counting.moved('12', general, true)
  counting.moved('12', secret, true)
  await count('all')
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
  const { counting, told, count } = opened()
  counting.look(mallory, new Set([general]))
  await count('all')
  const lost: string[] = []
  for (let i = 0; i < 2; i++) counting.lost((_, id) => void lost.push(id))
  await count('all')
  expect({ lost, told }).toEqual({
    lost: [general],
    told: [
      [general, 2],
      [general, 2],
    ],
  })
})

test('a number that is taken back while the members are read is told once it is known anew', async () => {
  const { counting, told, count } = opened()
  counting.look(mallory, new Set([general]))
  const counted = count('all')
  counting.lost(() => {})
  await counted
  expect(told).toEqual([])
  await count('all')
  expect(told).toEqual([[general, 2]])
})

test('who comes while the members are read is not forgotten: they are read again', async () => {
  const { counting, asked, count } = opened()
  counting.look(mallory, new Set([general]))
  const counted = count('all')
  counting.moved('12', general, true)
  await counted
  await count('all')
  await count('all')
  expect(asked()).toBe(2)
})
