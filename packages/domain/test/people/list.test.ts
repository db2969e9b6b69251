import { perform } from '@parley/domain'
import { listPeople, type PeoplePage } from '@parley/domain/people/index'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let dan: Someone
beforeAll(async () => {
  world = await testDeps()
  dan = await someone(world, 'dan', 'administrator')
  await world.db.sql`
    INSERT INTO people (id, email, name, title, role, status, created_at, last_active_at)
    SELECT 1000 + i, 'p' || i || '@example.org', CASE WHEN i % 10 = 0 THEN 'Same Name' ELSE 'Person ' || i END,
      CASE WHEN i = 77 THEN '100% Engineer' ELSE '' END, CASE WHEN i % 1000 = 0 THEN 'auditor' ELSE 'member' END,
      CASE WHEN i % 4 = 0 THEN 'invited' ELSE 'active' END, now() - i * interval '1 minute',
      CASE WHEN i % 2 = 0 THEN now() - i * interval '1 second' END
    FROM generate_series(1, 10000) AS i`
})
afterAll(() => world.close())

const page = (input: object) => perform(listPeople, dan, input, world.deps)
async function everyPage(input: object): Promise<PeoplePage['people']> {
  const all: PeoplePage['people'] = []
  let cursor: string | undefined
  do {
    const next = await page({ limit: 200, ...input, ...(cursor && { cursor }) })
    all.push(...next.people)
    cursor = next.next ?? undefined
  } while (cursor)
  return all
}

test('ten thousand people are paged through in any order, each once', async () => {
  for (const sort of ['name', 'created', 'active']) {
    const people = await everyPage({ sort, descending: sort === 'active' })
    expect(people, sort).toHaveLength(10_001)
    expect(new Set(people.map((p) => p.id)).size, sort).toBe(10_001)
  }
  const recent = await page({ sort: 'active', descending: true, limit: 2 })
  expect(recent.people[0]?.name).toBe('dan')
})

test('a page is quick', async () => {
  const began = performance.now()
  await page({ text: 'person 99', sort: 'created', limit: 50 })
  expect(performance.now() - began).toBeLessThan(500)
})

test('the filters narrow, and each says what it would show beside the other', async () => {
  const { total, roles, statuses } = await page({ roles: ['auditor'] })
  expect(total).toBe(10)
  expect(roles).toEqual({ owner: 0, administrator: 1, auditor: 10, member: 9_990 })
  expect(statuses).toEqual({ active: 0, invited: 10, imported: 0, deactivated: 0 })
  expect((await page({ statuses: ['invited'], roles: ['auditor'] })).people).toHaveLength(10)
})

test('text is found in name, address and title, and % means itself', async () => {
  expect((await page({ text: '100%' })).people.map((p) => p.title)).toEqual(['100% Engineer'])
  expect((await page({ text: 'P9999@' })).people.map((p) => p.email)).toEqual(['p9999@example.org'])
  expect((await page({ text: '%' })).total).toBe(1)
  expect((await page({ text: '_____' })).total).toBe(0)
})

test('a cursor of another order, or a made-up one, is refused', async () => {
  const { next } = await page({ sort: 'name', limit: 1 })
  for (const cursor of [next, 'nonsense', Buffer.from('[1,2]').toString('base64url')])
    await expect(page({ sort: 'created', cursor })).rejects.toMatchObject({
      code: 'bad_input',
      field: 'cursor',
    })
})

test('erin may read the list, mallory may not', async () => {
  const erin = await someone(world, 'erin', 'auditor')
  await perform(listPeople, erin, {}, world.deps)
  const mallory = await someone(world, 'mallory')
  await expect(perform(listPeople, mallory, {}, world.deps)).rejects.toMatchObject({ code: 'not_allowed' })
})
