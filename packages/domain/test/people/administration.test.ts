import { perform } from '@parley/domain'
import { changeRole, deactivate, personDetail, reactivate } from '@parley/domain/people/index'
import { authenticate } from '@parley/domain/sessions/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let olivia: Someone
let dan: Someone
let alice: Someone
beforeEach(async () => {
  world = await testDeps()
  olivia = await someone(world, 'olivia', 'owner')
  dan = await someone(world, 'dan', 'administrator')
  alice = await someone(world, 'alice')
})
afterEach(() => world.close())

const role = (who: Someone, of: Someone, to: 'owner' | 'administrator' | 'auditor' | 'member') =>
  perform(changeRole, who, { person: of.id, role: to }, world.deps)
const shut = (who: Someone, out: Someone) => perform(deactivate, who, { person: out.id }, world.deps)
const roleNow = async (of: Someone) => (await authenticate(world.deps, { ...of.tokens, address: '' }))?.role

test('dan makes alice an auditor, and it holds with her next request', async () => {
  await role(dan, alice, 'auditor')
  expect(await roleNow(alice)).toBe('auditor')
  expect(await auditLog(world)).toMatchObject([
    {
      action: 'person.role_changed',
      actor_name: 'dan',
      entity_name: 'alice',
      before: { role: 'member' },
      after: { role: 'auditor' },
    },
  ])
  await role(dan, alice, 'auditor')
  expect(await auditLog(world)).toHaveLength(1)
})

test('only owners make and unmake owners; nobody edits above their own role', async () => {
  await expect(role(dan, alice, 'owner')).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(role(dan, olivia, 'member')).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(shut(dan, olivia)).rejects.toMatchObject({ code: 'not_allowed' })
  await role(olivia, alice, 'owner')
  expect(await roleNow(alice)).toBe('owner')
  await role(olivia, alice, 'member')
  for (const who of [await someone(world, 'erin', 'auditor'), await someone(world, 'mallory')]) {
    await expect(role(who, alice, 'auditor')).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(shut(who, alice)).rejects.toMatchObject({ code: 'not_allowed' })
  }
})

test('the last owner stays one, and stays', async () => {
  await expect(role(olivia, olivia, 'member')).rejects.toMatchObject({ code: 'conflict' })
  const oscar = await someone(world, 'oscar', 'owner')
  await role(olivia, oscar, 'administrator')
  await role(olivia, oscar, 'owner')
  await role(olivia, olivia, 'member')
  expect(await roleNow(olivia)).toBe('member')
})

test('two owners who demote or deactivate one another at the same moment do not both succeed', async () => {
  const oscar = await someone(world, 'oscar', 'owner')
  const both = await Promise.allSettled([role(olivia, oscar, 'member'), shut(oscar, olivia)])
  expect(both.map((b) => (b.status === 'rejected' ? b.reason.code : 'done')).sort()).toEqual([
    'conflict',
    'done',
  ])
  const [left] = await world.db.sql<{ n: number }>`
    SELECT count(*)::int AS n FROM people WHERE role = 'owner' AND status = 'active'`
  expect(left).toEqual({ n: 1 })
})

test('alice is deactivated: sessions, sockets, notifications, tokens and invitations end at once; what she wrote stays', async () => {
  const { db, deps } = world
  await db.sql`UPDATE devices SET push_kind = 'fcm', push_token = 'x' WHERE id = ${alice.device}`
  await db.sql`INSERT INTO people (id, name, kind) VALUES (50, 'robot', 'bot')`
  await db.sql`INSERT INTO api_tokens (id, person_id, name, hash, hint, created_by)
    VALUES (51, 50, 'of alice', '\\x01', 'a', ${alice.id}), (52, 50, 'of dan', '\\x02', 'b', ${dan.id})`
  expect(await perform(personDetail, dan, { person: alice.id }, deps)).toMatchObject({ tokens: 1 })

  await shut(dan, alice)

  expect(await authenticate(deps, { ...alice.tokens, address: '' })).toBeNull()
  expect(world.published.at(-1)?.revoked).toEqual({ sessions: [alice.session], people: [alice.id] })
  expect(await db.sql`SELECT push_token FROM devices WHERE id = ${alice.device}`).toEqual([
    { push_token: null },
  ])
  expect(await db.sql`SELECT id FROM api_tokens WHERE revoked_at IS NULL`).toEqual([{ id: '52' }])
  expect(await auditLog(world)).toMatchObject([
    { action: 'person.deactivated', before: { status: 'active' }, after: { sessions: 1, tokens: ['51'] } },
  ])
  await expect(shut(dan, alice)).rejects.toMatchObject({ code: 'conflict' })
})

test('alice comes back with the way to sign in that she had; her old session stays over', async () => {
  const { db, deps } = world
  const back = async () => (await perform(reactivate, dan, { person: alice.id }, deps)).status
  await shut(dan, alice)
  expect(await back()).toBe('invited')
  await shut(dan, alice)
  await db.sql`UPDATE people SET password_hash = 'set', failed_attempts = 9 WHERE id = ${alice.id}`
  expect(await back()).toBe('active')
  expect(await authenticate(deps, { ...alice.tokens, address: '' })).toBeNull()
  await expect(back()).rejects.toMatchObject({ code: 'conflict' })
})

test('dan does not deactivate himself', async () => {
  await expect(shut(dan, dan)).rejects.toMatchObject({ code: 'conflict' })
})

test('what may be done about a person is said beside them, for whoever asks', async () => {
  const may = async (who: Someone, of: Someone) =>
    (await perform(personDetail, who, { person: of.id }, world.deps)).may
  const all = ['owner', 'administrator', 'auditor', 'member']
  expect(await may(olivia, alice)).toEqual({
    edit: true,
    deactivate: true,
    reactivate: false,
    resend: false,
    roles: all,
    ending: [],
  })
  expect((await may(olivia, dan)).ending).toEqual(['auditor', 'member'])
  expect((await may(dan, alice)).roles).toEqual(all.slice(1))
  expect(await may(dan, olivia)).toMatchObject({ edit: false, deactivate: false, roles: [] })
  expect(await may(dan, dan)).toMatchObject({ edit: true, deactivate: false })
  const erin = await someone(world, 'erin', 'auditor')
  expect(await may(erin, alice)).toMatchObject({ edit: false, deactivate: false, roles: [] })
})

test('a person’s page shows their sessions, their invitation and whether they must wait', async () => {
  const until = new Date(world.deps.now().getTime() + 60_000)
  await world.db.sql`UPDATE people SET locked_until = ${until} WHERE id = ${alice.id}`
  const detail = await perform(personDetail, dan, { person: alice.id }, world.deps)
  expect(detail).toMatchObject({
    email: 'alice@example.org',
    lockedUntil: until.getTime(),
    invitation: null,
    sessions: [{ id: alice.session, address: '192.0.2.1' }],
  })
  await expect(perform(personDetail, dan, { person: '404' }, world.deps)).rejects.toMatchObject({
    code: 'not_found',
  })
})
