import { perform } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'
import { sendMessage } from '@parley/domain/messages/index'
import { planNotifications } from '@parley/domain/notifications/index'
import type { Id } from '@parley/protocol'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

export const system = { kind: 'system', name: 'worker' } as const

export type World = TestDeps & {
  alice: Someone
  bob: Someone
  erin: Someone
  /** A public channel with the three of them in it. */
  channel: Id
  talk(kind: 'direct' | 'group' | 'private' | 'public', people: Someone[], name?: string): Promise<Id>
  say(who: Someone, conversation: Id, text: string, more?: object): Promise<Id>
  /** What the worker does behind the message path, with everything that was told so far. */
  plan(): Promise<number>
  /** Who was to be told of a message, and why. */
  told(message: Id): Promise<Record<string, string>>
  setting(key: string, value: unknown): Promise<void>
}

export async function openWorld(over: Partial<Deps> = {}): Promise<World> {
  const world = await testDeps(over)
  const { deps, db } = world
  const [alice, bob, erin] = [
    await someone(world, 'alice'),
    await someone(world, 'bob'),
    await someone(world, 'erin', 'auditor'),
  ]
  let planned = 0
  const more: Omit<World, keyof TestDeps | 'channel'> = {
    ...{ alice, bob, erin },
    async talk(kind, people, name) {
      const id = deps.newId()
      await db.sql`
        INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${id}, ${kind}, ${name ?? null}, ${alice.id}, ${people.length})`
      for (const { id: person } of people)
        await db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${id}, ${person})`
      return id
    },
    async say(who, conversation, text, extra = {}) {
      const input = { id: crypto.randomUUID(), conversation, text, ...extra }
      const { message } = await perform(sendMessage, who, input, deps)
      await deps.messages.drain()
      return message
    },
    async plan() {
      const changes = world.jobs.flatMap((job) =>
        job.name === 'messages.changed' ? job.payload.changes : [],
      )
      const done = await perform(planNotifications, system, { changes: changes.slice(planned) }, deps)
      planned = changes.length
      return done.planned
    },
    async told(message) {
      const rows = await db.sql<{ name: string; reason: string }>`
        SELECT p.name, n.reason FROM notifications n JOIN people p ON p.id = n.person_id WHERE n.message_id = ${message}`
      return Object.fromEntries(rows.map(({ name, reason }) => [name, reason]))
    },
    async setting(key, value) {
      await db.sql`
        INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::jsonb)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`
    },
  }
  const channel = await more.talk('public', [alice, bob, erin], 'general')
  return { ...world, ...more, channel }
}
