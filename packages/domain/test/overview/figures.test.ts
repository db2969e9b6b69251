import { sendMessages } from '@parley/db/queries/send-messages'
import { perform } from '@parley/domain'
import { countDays, figures } from '@parley/domain/overview/index'
import { idAt } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const DAY = 86_400_000
const system = { kind: 'system', name: 'worker' } as const
let world: TestDeps
let [alice, bob, dan]: Someone[] = []
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
  bob = await someone(world, 'bob')
  dan = await someone(world, 'dan', 'administrator')
  await world.db.sql`SELECT ensure_message_partitions(now() - interval '60 days', now())`
  await world.db
    .sql`INSERT INTO conversations (id, kind, name, created_by) VALUES (1, 'public', 'general', ${alice.id})`
  await world.db
    .sql`INSERT INTO memberships (conversation_id, person_id) VALUES (1, ${alice.id}), (1, ${bob.id})`
})
afterEach(() => world.close())

let counter = 0
const said = (who: Someone, daysAgo: number) =>
  sendMessages(world.db.connection, [
    {
      ...{
        conversation: '1',
        sender: who.id,
        client: crypto.randomUUID(),
        root: null,
        text: 'x',
        mentions: [],
        files: [],
      },
      id: idAt(world.clock.now.getTime() - daysAgo * DAY, 1, counter++),
    },
  ])
const read = () => perform(figures, dan!, {}, world.deps)
const spoken = (days: { messages: number; writers: number }[]) => days.map((d) => [d.messages, d.writers])

test('dan sees thirty days of messages and who wrote, people by status, and what is stored', async () => {
  for (const days of [0, 1, 1, 29, 45]) await said(alice!, days)
  await said(bob!, 1)
  await world.db.sql`UPDATE people SET status = 'deactivated' WHERE id = ${bob!.id}`
  await world.db.sql`INSERT INTO people (id, name, kind) VALUES (9, 'bot', 'bot')`
  await world.db.sql`
    INSERT INTO files (id, conversation_id, uploader_id, name, declared_type, size, state, key)
    VALUES (1, 1, 1, 'a', 'a', 5000000000, 'stored', 'a'), (2, 1, 1, 'b', 'b', 7, 'uploading', 'b')`
  const seen = await read()
  expect(seen).toMatchObject({
    people: { active: 2, invited: 0, imported: 0, deactivated: 1, bots: 1 },
    channels: 1,
    files: 1,
    bytes: 5_000_000_000,
    nodes: [],
    queue: {},
  })
  expect(seen.days).toHaveLength(30)
  expect(seen.days.at(-1)!.day).toBe(world.clock.now.toISOString().slice(0, 10))
  expect(spoken([seen.days[0]!, seen.days[28]!, seen.days[29]!])).toEqual([
    [1, 1],
    [3, 2],
    [1, 1],
  ])
})

test('days that are over are counted once, and stay when their messages go', async () => {
  await said(alice!, 3)
  expect(await perform(countDays, system, {}, world.deps)).toEqual({ counted: 29 })
  await world.db.sql`DELETE FROM messages`
  expect(await perform(countDays, system, {}, world.deps)).toEqual({ counted: 0 })
  await said(alice!, 0)
  const { days } = await read()
  expect(spoken([days[26]!, days[29]!])).toEqual([
    [1, 1],
    [1, 1],
  ])
})

test.each([
  ['fails', () => Promise.reject(new Error('Redis is away'))],
  ['hangs', () => new Promise<never>(() => {})],
])('a queue that %s takes nothing else with it', async (_, counts) => {
  const away = { ...world.deps.queue, counts }
  const seen = await perform(figures, dan!, {}, { ...world.deps, queue: away })
  expect(seen.queue).toBeNull()
  expect(seen.people.active).toBe(3)
})

test('erin may look, alice may not', async () => {
  await perform(figures, await someone(world, 'erin', 'auditor'), {}, world.deps)
  await expect(perform(figures, alice!, {}, world.deps)).rejects.toMatchObject({ code: 'not_allowed' })
})
