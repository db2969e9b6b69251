import { perform } from '@parley/domain'
import { keepUp } from '@parley/domain/upkeep/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'

let world: TestDeps
beforeEach(async () => {
  world = await testDeps()
})
afterEach(() => world.close())

const DAY = 86_400_000
const system = { kind: 'system', name: 'worker' } as const
const turn = () => perform(keepUp, system, {}, world.deps)

test('an installation that runs for a year always has room for the months to come', async () => {
  const made: number[] = []
  for (let month = 0; month < 12; month++) {
    world.clock.advance(30 * DAY)
    made.push((await turn()).partitions)
  }
  expect(made.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(11)
  const [{ covered }] = (await world.db.sql<{ covered: boolean }>`
    SELECT to_regclass(to_char(${world.clock.now}::timestamptz + interval '3 months', '"messages_"YYYYMM')) IS NOT NULL AS covered`) as [
    { covered: boolean },
  ]
  expect(covered).toBe(true)
  expect((await turn()).partitions).toBe(0)
})

test('what has served goes, and what may still be asked for stays', async () => {
  const at = (days: number) => new Date(world.clock.now.getTime() + days * DAY)
  const { sql } = world.db
  for (const [client, created] of [
    ['00000000-0000-4000-8000-000000000001', at(-31)],
    ['00000000-0000-4000-8000-000000000002', at(-29)],
  ] as const)
    await sql`INSERT INTO sent_messages (conversation_id, sender_id, client_id, message_id, seq, version, ordinal, created_at)
      VALUES (1, 1, ${client}, 1, 1, 1, 1, ${created})`
  await sql`INSERT INTO used_assertions (provider_id, id, expires_at) VALUES (1, 'old', ${at(-1)}), (1, 'new', ${at(1)})`
  await sql`INSERT INTO notifications (id, person_id, conversation_id, message_id, seq, reason, created_at)
    VALUES (1, 1, 1, 1, 1, 'direct', ${at(-91)}), (2, 1, 1, 2, 2, 'direct', ${at(-89)})`
  expect(await turn()).toMatchObject({ sentMessages: 1, usedAssertions: 1, notifications: 1 })
  expect(await sql`SELECT id FROM notifications`).toEqual([{ id: '2' }])
  expect(await sql`SELECT client_id FROM sent_messages`).toMatchObject([
    { client_id: '00000000-0000-4000-8000-000000000002' },
  ])
  expect(await sql`SELECT id FROM used_assertions`).toEqual([{ id: 'new' }])
})
