import type { Queryable } from '@parley/db'
import { perform } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'
import { setAvailability } from '@parley/domain/presence/index'
import { type SyncPart, sync } from '@parley/domain/sync/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const PEOPLE = 150
const CHANNELS = 700
let world: TestDeps
/** With what the database was asked. */
let deps: Deps
let asked: string[] = []
let people: Someone[]
beforeAll(async () => {
  world = await testDeps()
  const query = (statement: { name: string; text: string }) => {
    asked.push(statement.name)
    return world.db.connection.query(statement)
  }
  deps = { ...world.deps, db: { ...world.db, connection: { query } as unknown as Queryable } }
  people = []
  for (let i = 0; i < PEOPLE; i++) people.push(await someone(world, `person ${i}`))
  // each in one of their own, and the first ten in a great many
  await channels(people.map(({ id }, i) => [1_000 + i, id]))
  for (let i = 0; i < 10; i++)
    await channels(Array.from({ length: CHANNELS }, (_, n) => [10_000 + i * CHANNELS + n, people[i]!.id]))
})
afterAll(() => world.close())

async function channels(members: [conversation: number, person: string][]): Promise<void> {
  const ids = members.map(([id]) => id)
  await world.db.sql`INSERT INTO conversations (id, kind, name, created_by, member_count)
    SELECT id, 'private', 'c' || id, 1, 1 FROM unnest(${ids}::bigint[]) AS c(id)`
  await world.db.sql`INSERT INTO memberships (conversation_id, person_id)
    SELECT * FROM unnest(${ids}::bigint[], ${members.map(([, person]) => person)}::bigint[])`
}

const told = async (
  who: Someone,
  held: { person: number; conversations: [string, number, 0 | 1][]; only?: boolean },
): Promise<SyncPart[]> => await Array.fromAsync(await perform(sync, who, held, deps))
const nothing = { person: 0, conversations: [] }
const idsIn = (parts: SyncPart[]) =>
  parts.flatMap(({ conversations }) => conversations.map(({ conversation }) => Number(conversation.id)))

test('people who arrive together are each told of their own alone, whoever of them is in a great many', async () => {
  await perform(setAvailability, people[3]!, { availability: 'busy', until: null }, world.deps)
  asked = []
  const all = await Promise.all(people.map((one) => told(one, nothing)))
  for (const [i, parts] of all.entries()) {
    const many = i < 10 ? Array.from({ length: CHANNELS }, (_, n) => 10_000 + i * CHANNELS + n) : []
    expect(idsIn(parts)).toEqual([1_000 + i, ...many])
    expect(parts.map(({ chosen }) => chosen?.availability)).toContain(i === 3 ? 'busy' : undefined)
  }
  // ten times 700 do not come in one answer, and 150 people take no question each
  const questions = asked.length / 2
  expect(questions).toBeGreaterThan(3)
  expect(questions).toBeLessThan(20)
})

test('devices of one person that arrive together are each told what they themselves miss', async () => {
  const who = people[20]!
  const [all, none, only, gone] = await Promise.all([
    told(who, nothing),
    told(who, { person: 0, conversations: [['1020', 0, 0]] }),
    told(who, { person: 0, conversations: [['1020', 7, 0]], only: true }),
    told(who, { person: 0, conversations: [['1021', 0, 0]], only: true }),
  ])
  expect([all, none, only, gone].map(idsIn)).toEqual([[1_020], [], [1_020], []])
  expect(gone.at(-1)!.removed).toEqual(['1021'])
})

test('whoever was removed while others are read is not told of the conversation', async () => {
  const reading = people.slice(0, 30).map((one) => told(one, nothing))
  await world.db
    .sql`UPDATE memberships SET left_at = now() WHERE conversation_id = 1149 AND person_id = ${people[149]!.id}`
  const after = told(people[149]!, nothing)
  await Promise.all(reading)
  expect(idsIn(await after)).toEqual([])
})
