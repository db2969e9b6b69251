import { browse, joinChannel, members, setMemberRole } from '@parley/domain/conversations/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

type Page<T> = { items: T[]; next: string | null }
async function everyPage<T>(ask: (cursor: object) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await ask(cursor ? { cursor } : {})
    all.push(...page.items)
    cursor = page.next
  } while (cursor)
  return all
}

test('bob browses public channels in the order of their names, page by page, and sees where he is', async () => {
  const { as, bob } = world
  for (const name of ['delta', 'alpha', 'charlie', 'bravo', 'echo']) await world.channel(name)
  await world.channel('hidden', [bob], 'private')
  const charlie = await world.channel('charlie-2')
  await as(bob, joinChannel, { conversation: charlie })
  const all = await everyPage((cursor) => as(bob, browse, { limit: 2, ...cursor }))
  expect(all.map((c) => c.name)).toEqual(['alpha', 'bravo', 'charlie', 'charlie-2', 'delta', 'echo'])
  expect(all.find((c) => c.joined)).toEqual({
    ...{
      id: charlie,
      name: 'charlie-2',
      topic: '',
      purpose: '',
      archived: false,
      memberCount: 2,
      joined: true,
    },
  })
  expect(all.filter((c) => c.joined)).toHaveLength(1)
})

test('a channel is found by a part of its name, and % means itself', async () => {
  const { as, bob } = world
  await world.channel('team-lunch')
  const names = async (query: string) => (await as(bob, browse, { query })).items.map((c) => c.name)
  expect(await names('LUNCH')).toEqual(['team-lunch'])
  expect(await names('#team')).toEqual(['team-lunch'])
  for (const nothing of ['%', '_', 'dinner', '\\']) expect(await names(nothing), nothing).toEqual([])
})

test('a made-up cursor is refused', async () => {
  const { as, bob } = world
  const id = await world.channel('plans')
  for (const cursor of [
    'nonsense',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('{').toString('base64url'),
  ]) {
    await expect(as(bob, browse, { cursor })).rejects.toMatchObject({ code: 'bad_input', field: 'cursor' })
    await expect(as(bob, members, { conversation: id, cursor })).rejects.toMatchObject({ code: 'bad_input' })
  }
})

test('members are paged through once each, owners first, then by name', async () => {
  const { as, alice, bob, carol, dan } = world
  const id = await world.channel('plans', [dan, carol, bob])
  await as(alice, setMemberRole, { conversation: id, person: dan.id, role: 'owner' })
  const all = await everyPage((cursor) => as(alice, members, { conversation: id, limit: 1, ...cursor }))
  expect(all).toEqual([
    { person: alice.id, role: 'owner' },
    { person: dan.id, role: 'owner' },
    { person: bob.id, role: 'member' },
    { person: carol.id, role: 'member' },
  ])
  expect((await as(alice, members, { conversation: id, query: 'CAR' })).items).toHaveLength(1)
})

test('who is in a public channel is seen by everybody, in a private one by its members only', async () => {
  const { as, alice, mallory } = world
  const open = await world.channel('open')
  const closed = await world.channel('closed', [], 'private')
  expect((await as(mallory, members, { conversation: open })).items).toEqual([
    { person: alice.id, role: 'owner' },
  ])
  await expect(as(mallory, members, { conversation: closed })).rejects.toMatchObject({ code: 'not_found' })
})

test('a channel of ten thousand is paged through, and joined, quickly', async () => {
  const { as, alice, bob, db } = world
  const id = await world.channel('everybody')
  await db.sql`INSERT INTO people (id, name) SELECT 1000 + i, 'Person ' || i FROM generate_series(1, 10000) AS i`
  await db.sql`
    INSERT INTO memberships (conversation_id, person_id) SELECT ${id}, 1000 + i FROM generate_series(1, 10000) AS i`
  await db.sql`UPDATE conversations SET member_count = 10001 WHERE id = ${id}`
  const began = performance.now()
  await as(bob, joinChannel, { conversation: id })
  await as(alice, members, { conversation: id, limit: 200 })
  expect(performance.now() - began).toBeLessThan(1_000)
  const all = await everyPage((cursor) => as(alice, members, { conversation: id, limit: 200, ...cursor }))
  expect(new Set(all.map((m) => m.person)).size).toBe(10_002)
})
