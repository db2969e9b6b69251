import { perform } from '@parley/domain'
import { type AuditEvent, auditActions, listAudit } from '@parley/domain/audit/index'
import { changeRole, deactivate } from '@parley/domain/people/index'
import { changeSettings } from '@parley/domain/settings/index'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let [alice, bob, dan, erin, mallory]: Someone[] = []
beforeAll(async () => {
  world = await testDeps()
  const { deps } = world
  alice = await someone(world, 'alice')
  bob = await someone(world, 'bob')
  dan = await someone(world, 'dan', 'administrator')
  erin = await someone(world, 'erin', 'auditor')
  mallory = await someone(world, 'mallory')
  await perform(changeRole, dan, { person: alice.id, role: 'auditor' }, deps)
  await perform(deactivate, dan, { person: bob.id }, deps)
  const change = { key: 'sessions.idleHours', value: 48, was: 336 }
  await perform(changeSettings, dan, { changes: [change] }, deps)
})
afterAll(() => world.close())

// biome-ignore lint/suspicious/noExplicitAny: what mallory sends is anything
const read = (filter: any = {}, more: object = {}, who = erin!) =>
  perform(listAudit, who, { filter, ...more }, world.deps)
const sentences = (events: AuditEvent[]) => events.map((e) => `${e.actor.name} ${e.says} ${e.entity.name}`)

describe('erin reads the log', () => {
  test('newest first, each event with who, what, before and after, and where from', async () => {
    const { items } = await read({ actor: dan!.id })
    expect(sentences(items)).toEqual([
      'dan changed the setting Sign out after idling',
      expect.stringContaining('dan deactivated bob'),
      'dan changed the role of alice',
    ])
    expect(items[2]).toMatchObject({
      action: 'person.role_changed',
      before: { role: 'member' },
      after: { role: 'auditor' },
      address: '192.0.2.1',
      session: dan!.session,
      result: 'done',
    })
  })

  test.each([
    ['by action', { actions: ['person.deactivated', 'setting.changed'] }, 2],
    ['by kind of target', { entity: { kind: 'person' }, actor: '0' }, 0],
    ['by text in the target', { text: 'IDLING' }, 1],
    ['by text in the action, as the column has it', { text: 'person.role_' }, 1],
    ['by text in the action, as a person says it', { text: 'role changed' }, 1],
    ['by text that LIKE would take for a pattern', { text: '%' }, 0],
    ['by address', { text: '192.0.2', actor: '1' }, 0],
    ['what was refused', { result: 'refused' }, 0],
    ['before there was anything', { to: 1_000 }, 0],
    ['from tomorrow on', { from: Date.now() + 86_400_000 }, 0],
  ])('%s', async (_, filter, found) => {
    expect((await read(filter)).items).toHaveLength(found)
  })

  test('by target', async () => {
    const { items } = await read({ entity: { kind: 'person', id: alice!.id } })
    expect(sentences(items)).toEqual(['dan changed the role of alice'])
  })

  test('page by page, each event once', async () => {
    const all = (await read({ actor: dan!.id })).items.map((e) => e.id)
    const paged: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await read({ actor: dan!.id }, { limit: 2, ...(cursor && { cursor }) })
      paged.push(...page.items.map((e) => e.id))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual(all)
  })

  test('and that she did stands in it, with what she asked for, but does not fill what she reads', async () => {
    await read({ text: 'bob' })
    const last = (await auditLog(world, 'audit.read')).at(-1)
    expect(last).toMatchObject({ actor_name: 'erin', after: { filter: { text: 'bob' }, events: 1 } })
    expect((await read()).items.some((e) => e.action === 'audit.read')).toBe(false)
    expect((await read({ reads: true })).items.some((e) => e.action === 'audit.read')).toBe(true)
    expect((await read({ actions: ['audit.read'] })).items.length).toBeGreaterThan(0)
  })

  test('and finds every action that there is, to choose from', async () => {
    const actions = await perform(auditActions, erin!, {}, world.deps)
    expect(actions).toContainEqual({ action: 'person.deactivated', says: 'deactivated' })
  })
})

test('mallory may not read it, and an action that does not exist is refused', async () => {
  await expect(read({}, {}, mallory)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(read({ actions: ['x'] })).rejects.toMatchObject({ code: 'bad_input' })
})

test('nobody alters the log, not even with the database’s own tongue', async () => {
  const before = await auditLog(world)
  const { connection } = world.db
  for (const statement of [
    `UPDATE audit_events SET actor_name = 'nobody'`,
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
  ])
    await expect(connection.query(statement), statement).rejects.toThrow('append-only')
  expect(await auditLog(world)).toEqual(before)
})
