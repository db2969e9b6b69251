import { perform } from '@parley/domain'
import { renameOrganisation, setUp, setupState } from '@parley/domain/organisation/index'
import { setupState as state } from '@parley/domain/organisation/setup-state'
import { authenticate } from '@parley/domain/sessions/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { someone } from '../../../../tests/support/people.ts'

const visitor = { kind: 'anonymous', address: '192.0.2.9' } as const
const first = {
  organisation: 'Example & Sons',
  name: 'Olivia',
  email: 'Olivia@Example.org ',
  password: 'seven grey herons wait',
  device: null,
  agent: 'curl/8',
}
let world: TestDeps
beforeEach(async () => {
  world = await testDeps()
})
afterEach(() => world.close())

test('the first visit makes the organisation, its owner, who is signed in, and a channel with the owner in it', async () => {
  const { deps, db } = world
  expect(await perform(state, visitor, {}, deps)).toEqual({ needed: true, organisation: null })

  const olivia = await perform(setUp, visitor, first, deps)

  expect(await perform(setupState, visitor, {}, deps)).toEqual({
    needed: false,
    organisation: 'Example & Sons',
  })
  const actor = await authenticate(deps, { ...olivia, address: '192.0.2.9' })
  expect(actor).toMatchObject({ id: olivia.person, role: 'owner', name: 'Olivia' })
  const people = await db.sql`SELECT email, role, status FROM people`
  expect(people).toEqual([{ email: 'olivia@example.org', role: 'owner', status: 'active' }])
  const channels = await db.sql`
    SELECT c.name, c.kind, c.member_count, m.role FROM conversations c JOIN memberships m ON m.conversation_id = c.id
    WHERE m.person_id = ${olivia.person}`
  expect(channels).toEqual([{ name: 'general', kind: 'public', member_count: 1, role: 'owner' }])
  expect((await auditLog(world)).map((e) => [e.action, e.actor_name])).toEqual([
    ['organisation.created', 'Olivia'],
    ['session.started', 'Olivia'],
  ])
})

test('of two who set it up at the same moment one becomes the owner', async () => {
  const attempts = ['alice', 'mallory'].map((name) =>
    perform(setUp, visitor, { ...first, name, email: `${name}@example.org` }, world.deps),
  )
  const outcomes = await Promise.allSettled(attempts)
  expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
  const refused = outcomes.find((o) => o.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'conflict' })
  expect(await world.db.sql`SELECT count(*)::int AS n FROM people`).toEqual([{ n: 1 }])
})

test('nobody sets up an organisation that has an owner', async () => {
  await someone(world, 'olivia', 'owner')
  await expect(perform(setUp, visitor, first, world.deps)).rejects.toMatchObject({ code: 'conflict' })
})

test('an owner’s weak password is refused with the reason, and nothing is made', async () => {
  const weak = perform(setUp, visitor, { ...first, password: 'Password1234' }, world.deps)
  await expect(weak).rejects.toMatchObject({ code: 'refused_by_policy', field: 'password' })
  expect(await perform(setupState, visitor, {}, world.deps)).toEqual({ needed: true, organisation: null })
})

test('somebody who was imported before becomes the owner, once, beside the channel that was imported', async () => {
  const { deps, db } = world
  await db.sql`INSERT INTO people (id, email, name, status, import_key) VALUES (7, 'OLIVIA@example.org', 'olivia', 'imported', 'slack:U1')`
  await db.sql`INSERT INTO conversations (id, kind, name, created_by) VALUES (8, 'public', 'General', 7)`
  const olivia = await perform(setUp, visitor, first, deps)
  expect(olivia).toMatchObject({ person: '7', channel: null })
  expect(await db.sql`SELECT name, role, status FROM people`).toEqual([
    { name: 'Olivia', role: 'owner', status: 'active' },
  ])
})

test('dan renames the organisation; the audit log says what it was called', async () => {
  await perform(setUp, visitor, first, world.deps)
  const dan = await someone(world, 'dan', 'administrator')
  await perform(renameOrganisation, dan, { name: ' Example Group ' }, world.deps)
  expect(await auditLog(world, 'setting.changed')).toMatchObject([
    { before: { value: 'Example & Sons' }, after: { value: 'Example Group' } },
  ])
  const erin = await someone(world, 'erin', 'auditor')
  const refused = perform(renameOrganisation, erin, { name: 'Erin Inc' }, world.deps)
  await expect(refused).rejects.toMatchObject({ code: 'not_allowed' })
})
