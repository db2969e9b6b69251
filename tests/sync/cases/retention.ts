import { sendMessages } from '@parley/db/queries/send-messages'
import { perform } from '@parley/domain'
import { setPolicy } from '@parley/domain/retention/index'
import { purge } from '@parley/domain/retention/purge'
import { type Id, idAt, mentionsIn } from '@parley/protocol'
import type { Someone } from '../../support/people.ts'
import type { World } from '../world.ts'
import type { Case } from './case.ts'

const DAY_MS = 86_400_000
let counter = 0

/** A message of so many days ago. */
async function said(
  world: World,
  room: Id,
  who: Someone,
  days: number,
  text: string,
  root?: Id,
): Promise<Id> {
  const id = idAt(Date.now() - days * DAY_MS, 1, counter++ % 4_096)
  const message = { conversation: room, sender: who.id, client: crypto.randomUUID(), id, text, files: [] }
  await sendMessages(world.db.connection, [{ ...message, root: root ?? null, mentions: mentionsIn(text) }])
  return id
}

/**
 * An old thread, mentions of two, and what was said since. `living`: somebody has answered in the old thread lately.
 * `below`: something older stands before it.
 */
async function history(world: World, { living = false, below = true }): Promise<Id> {
  const { alice, bob, carol } = world
  const room = await world.room('public', alice, bob, carol)
  await world.db.sql`SELECT ensure_message_partitions(now() - interval '100 days', now())`
  if (below) await said(world, room, alice, 90, 'the first of all')
  const root = await said(world, room, alice, 80, 'a thread begins')
  await said(world, room, bob, 79, `what does <@${carol.id}> think?`, root)
  await said(world, room, alice, 70, `look, <@${bob.id}>`)
  await said(world, room, bob, 60, '<!channel> all of you')
  if (living) await said(world, room, carol, 2, `I think so, <@${bob.id}>`, root)
  await said(world, room, alice, 1, `new, <@${bob.id}>`)
  return room
}

/** The administrator keeps `days`, and the worker does its part to the end. */
async function keep(world: World, room: Id, days: number): Promise<void> {
  const dan = { ...world.alice, role: 'administrator' } as const
  await perform(setPolicy, dan, { conversation: room, keep: days, was: 'organisation' }, world.deps)
  const run = world.deps.newId()
  await world.db.sql`INSERT INTO retention_runs (id, state) VALUES (${run}, 'running')`
  const worker = { kind: 'system', name: 'worker' } as const
  while (!(await perform(purge, worker, { run, removed: [] }, world.deps)).over);
}

export const RETENTION_CASES: Record<string, Case[]> = {
  'retention.purge': [
    {
      title: 'old messages go, with their threads and mentions',
      given: (world) => history(world, {}),
      when: (world, room) => keep(world, room, 30),
    },
    {
      title: 'a thread that lives leaves tombstones below and above it',
      given: (world) => history(world, { living: true }),
      when: (world, room) => keep(world, room, 30),
    },
    {
      title: 'a thread at the very bottom lives, so that there are only tombstones',
      given: (world) => history(world, { living: true, below: false }),
      when: (world, room) => keep(world, room, 30),
      asksNothing: true,
    },
    {
      title: 'most of it goes, one after the other',
      given: (world) => history(world, { living: true }),
      async when(world, room) {
        await keep(world, room, 65)
        await world.db.sql`DELETE FROM retention_policies`
        await keep(world, room, 1)
      },
    },
  ],
}
