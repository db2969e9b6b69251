import { relayAll, relayOutbox } from '@parley/domain/outbox/relay-outbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'

let world: TestDeps
beforeEach(async () => {
  world = await testDeps()
})
afterEach(() => world.close())

const left = (payload: object, agoMs = 60_000) =>
  world.db.sql`INSERT INTO outbox (payload, created_at)
    VALUES (${JSON.stringify(payload)}, ${new Date(world.clock.now.getTime() - agoMs)})`
const rows = async () => (await world.db.sql<{ n: number }>`SELECT count(*)::int AS n FROM outbox`)[0]!.n

test('what a publisher left behind is told once, and its downstream work is queued', async () => {
  await left({ changes: [['7', 3, 5]], people: [['9', 2]] })
  await left({ jobs: [{ name: 'file.process', payload: { file: '1' } }] })
  await relayAll(world.deps)
  expect(world.republished).toMatchObject([
    { changes: [['7', 3, 5]], people: [['9', 2]] },
    { jobs: [{ name: 'file.process' }] },
  ])
  expect(world.jobs.map((job) => [job.name, job.payload])).toEqual([
    ['messages.changed', { changes: [['7', 3, 5]] }],
    ['file.process', { file: '1' }],
  ])
  expect(await rows()).toBe(0)
})

test('a publisher that is still at it is not disturbed', async () => {
  await left({ changes: [['7', 1, 1]] }, 100)
  await relayAll(world.deps)
  expect([world.republished.length, await rows()]).toEqual([0, 1])
})

test('what cannot be told stays', async () => {
  await left({ changes: [['7', 1, 1]] })
  const away = { publish: async () => {}, republish: () => Promise.reject(new Error('Redis is away')) }
  await expect(relayOutbox({ ...world.deps, publisher: away })).rejects.toThrow('Redis is away')
  expect([world.jobs.length, await rows()]).toEqual([0, 1])
})

test('two relays share what there is', async () => {
  for (let i = 1; i <= 300; i++) await left({ changes: [[String(i), 1, 1]] })
  await Promise.all([relayAll(world.deps), relayAll(world.deps)])
  const told = world.republished.map((payload) => payload.changes![0]![0])
  expect([told.length, new Set(told).size, await rows()]).toEqual([300, 300, 0])
})
