import { perform } from '@parley/domain'
import {
  acceptInvitation,
  invite,
  inviteMany,
  lookAtInvitation,
  previewInvitations,
  resendInvitation,
} from '@parley/domain/accounts/index'
import { changeRole, deactivate, reactivate } from '@parley/domain/people/index'
import { authenticate } from '@parley/domain/sessions/index'
import { changeSettings } from '@parley/domain/settings/index'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const DAY = 24 * 3_600_000
const visitor = { kind: 'anonymous', address: '192.0.2.9' } as const
const chosen = { name: 'Bob Vogel', password: 'seven grey herons wait', device: null, agent: 'Firefox' }

let world: TestDeps
let dan: Someone
beforeEach(async () => {
  world = await testDeps()
  await world.db.sql`INSERT INTO organisation (id, name) VALUES (1, 'Example')`
  dan = await someone(world, 'dan', 'administrator')
})
afterEach(() => world.close())

const tokenOf = (link: string | null | undefined) => link!.split('/').at(-1)!
/** The link in the last mail that was queued. */
const mailed = () => {
  const job = world.jobs.filter((j) => j.name === 'mail.send').at(-1)
  return { to: job?.payload.to, link: /http:\S+/.exec(job?.payload.text ?? '')?.[0] }
}

test('dan invites bob by mail; bob follows the link, chooses a password and is in', async () => {
  const { deps } = world
  const { link, person } = await perform(invite, dan, { email: 'Bob.Vogel@example.org' }, deps)
  expect(mailed()).toEqual({ to: 'bob.vogel@example.org', link })
  expect(link).toMatch(/^http:\/\/localhost:3000\/invitation\/[\w-]{43}$/)

  const token = tokenOf(link)
  expect(await perform(lookAtInvitation, visitor, { token }, deps)).toMatchObject({
    email: 'bob.vogel@example.org',
    name: 'Bob Vogel',
    organisation: 'Example',
    expiresAt: deps.now().getTime() + 7 * DAY,
  })
  const bob = await perform(acceptInvitation, visitor, { token, ...chosen }, deps)
  expect(bob.person).toBe(person)
  expect(await authenticate(deps, { ...bob, address: '' })).toMatchObject({
    name: 'Bob Vogel',
    role: 'member',
  })
  expect((await auditLog(world)).map((e) => [e.action, e.actor_name])).toEqual([
    ['person.invited', 'dan'],
    ['person.invitation_accepted', 'Bob Vogel'],
    ['session.started', 'Bob Vogel'],
  ])
})

test('a whole office accepts its invitations within one minute', async () => {
  for (let i = 0; i < 15; i++) {
    const { link } = await perform(invite, dan, { email: `p${i}@example.org` }, world.deps)
    await perform(lookAtInvitation, visitor, { token: tokenOf(link) }, world.deps)
    await perform(acceptInvitation, visitor, { token: tokenOf(link), ...chosen }, world.deps)
  }
})

test('a link is used once, by one of two who try at the same moment', async () => {
  const { link } = await perform(invite, dan, { email: 'bob@example.org' }, world.deps)
  const token = tokenOf(link)
  const tries = await Promise.allSettled(
    [1, 2].map(() => perform(acceptInvitation, visitor, { token, ...chosen }, world.deps)),
  )
  expect(tries.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(perform(lookAtInvitation, visitor, { token }, world.deps)).rejects.toMatchObject({
    code: 'gone',
  })
})

test('whoever is shut out while they accept stays out', async () => {
  const { deps, db } = world
  const { link, person } = await perform(invite, dan, { email: 'bob.vogel@example.org' }, deps)
  const accepting = await db.transaction(async ({ sql }) => {
    await sql`UPDATE people SET status = 'deactivated' WHERE id = ${person}`
    const asked = perform(acceptInvitation, visitor, { token: tokenOf(link), ...chosen }, deps)
    asked.catch(() => {})
    for (let waits = 0; waits === 0; )
      [{ n: waits }] = (await db.sql<{ n: number }>`
        SELECT count(*)::int AS n FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`) as [{ n: number }]
    return { asked }
  })
  await expect(accepting.asked).rejects.toMatchObject({ code: 'gone' })
  expect(await db.sql`SELECT status FROM people WHERE id = ${person}`).toEqual([{ status: 'deactivated' }])
})

test('a link that was guessed, has expired or was replaced looks the same', async () => {
  const { deps } = world
  const { link, person } = await perform(invite, dan, { email: 'bob@example.org' }, deps)
  const again = await perform(resendInvitation, dan, { person }, deps)
  const look = (of: string | null) => perform(lookAtInvitation, visitor, { token: tokenOf(of) }, deps)
  await expect(look(link)).rejects.toMatchObject({ code: 'gone' })
  await expect(look('x/guessed')).rejects.toMatchObject({ code: 'gone' })
  await look(again.link)
  world.clock.advance(7 * DAY + 1)
  await expect(look(again.link)).rejects.toMatchObject({ code: 'gone' })
})

describe('a link that dan has seen', () => {
  const look = (link: string | null) =>
    perform(lookAtInvitation, visitor, { token: tokenOf(link) }, world.deps)
  const accept = (link: string | null) =>
    perform(acceptInvitation, visitor, { token: tokenOf(link), ...chosen }, world.deps)
  let olivia: Someone
  beforeEach(async () => {
    olivia = await someone(world, 'olivia', 'owner')
  })

  test('lets nobody in once he administers no longer, or is shut out, also when he comes back', async () => {
    const admin = await perform(invite, dan, { email: 'b@example.org', role: 'administrator' }, world.deps)
    await perform(changeRole, olivia, { person: dan.id, role: 'member' }, world.deps)
    await expect(accept(admin.link)).rejects.toMatchObject({ code: 'gone' })
    await perform(changeRole, olivia, { person: dan.id, role: 'administrator' }, world.deps)
    await expect(look(admin.link)).rejects.toMatchObject({ code: 'gone' })
    const member = await perform(invite, dan, { email: 'c@example.org' }, world.deps)
    await perform(deactivate, olivia, { person: dan.id }, world.deps)
    await perform(reactivate, olivia, { person: dan.id }, world.deps)
    await expect(accept(member.link)).rejects.toMatchObject({ code: 'gone' })
    const again = await perform(resendInvitation, olivia, { person: member.person }, world.deps)
    expect(await accept(again.link)).toMatchObject({ person: member.person })
  })

  test('makes nobody what he may make nobody: whoever is to be an owner is sent another by an owner', async () => {
    const { link, person } = await perform(invite, dan, { email: 'b@example.org' }, world.deps)
    await perform(changeRole, olivia, { person, role: 'owner' }, world.deps)
    await expect(accept(link)).rejects.toMatchObject({ code: 'gone' })
    const again = await perform(resendInvitation, olivia, { person }, world.deps)
    expect(await accept(again.link)).toMatchObject({ person })
  })
})

test('how long a link holds is a setting', async () => {
  const change = { key: 'invitations.validDays', value: 1, was: 7 } as const
  await perform(changeSettings, dan, { changes: [change] }, world.deps)
  const { link } = await perform(invite, dan, { email: 'bob@example.org' }, world.deps)
  world.clock.advance(DAY + 1)
  await expect(
    perform(lookAtInvitation, visitor, { token: tokenOf(link) }, world.deps),
  ).rejects.toMatchObject({ code: 'gone' })
})

test('a weak password does not use up the link', async () => {
  const { link } = await perform(invite, dan, { email: 'bob@example.org' }, world.deps)
  const accept = (password: string) =>
    perform(acceptInvitation, visitor, { ...chosen, token: tokenOf(link), password }, world.deps)
  await expect(accept('BobVogel2024!')).rejects.toMatchObject({
    code: 'refused_by_policy',
    message: expect.stringContaining('own name'),
  })
  await accept(chosen.password)
})

test('nobody is invited twice, or with an address that somebody has', async () => {
  await perform(invite, dan, { email: 'bob@example.org' }, world.deps)
  await expect(perform(invite, dan, { email: 'BOB@example.org' }, world.deps)).rejects.toMatchObject({
    code: 'conflict',
    message: 'Bob is invited already: send the invitation again from their page.',
  })
  await expect(perform(invite, dan, { email: 'dan@example.org' }, world.deps)).rejects.toMatchObject({
    message: 'Dan is here already with this address.',
  })
  const both = await Promise.allSettled(
    [1, 2].map(() => perform(invite, dan, { email: 'carol@example.org' }, world.deps)),
  )
  expect(both.map((b) => (b.status === 'rejected' ? b.reason.code : 'invited')).sort()).toEqual([
    'conflict',
    'invited',
  ])
})

test('dan invites administrators but no owner; mallory and erin invite nobody', async () => {
  const { role } = await perform(invite, dan, { email: 'a@example.org', role: 'administrator' }, world.deps)
  expect(role).toBe('administrator')
  const owner = perform(invite, dan, { email: 'o@example.org', role: 'owner' }, world.deps)
  await expect(owner).rejects.toMatchObject({ code: 'not_allowed' })
  for (const [name, role] of [
    ['mallory', 'member'],
    ['erin', 'auditor'],
  ] as const) {
    const actor = await someone(world, name, role)
    const refused = perform(invite, actor, { email: 'x@example.org' }, world.deps)
    await expect(refused).rejects.toMatchObject({ code: 'not_allowed' })
  }
})

test('somebody who was imported is invited with what they wrote, and dan does not get their link', async () => {
  const { deps, db } = world
  await db.sql`INSERT INTO people (id, email, name, status, import_key) VALUES (71, NULL, 'Ingrid', 'imported', 'slack:U71')`
  const { person, link } = await perform(invite, dan, { email: 'ingrid@example.org', person: '71' }, deps)
  expect([person, link]).toEqual(['71', null])
  const token = tokenOf(mailed().link)
  expect(await perform(lookAtInvitation, visitor, { token }, deps)).toMatchObject({ name: 'Ingrid' })
  expect((await perform(resendInvitation, dan, { person: '71' }, deps)).link).toBeNull()
})

test('the preview of a file says of each row what would happen, and then that happens', async () => {
  const { deps, db } = world
  await db.sql`INSERT INTO people (id, email, name, status, import_key) VALUES (71, 'ingrid@example.org', 'Ingrid', 'imported', 'slack:U71')`
  const csv = [
    'email,name,title,role',
    'anna@example.org,Anna,Engineer,member',
    'dan@example.org,Dan,,',
    'ANNA@example.org,Anna again,,',
    'nonsense,Nobody,,',
    'ingrid@example.org,,,',
    'boss@example.org,Boss,,owner',
  ].join('\n')

  const preview = await perform(previewInvitations, dan, { csv }, deps)
  expect(preview).toMatchObject({ fine: 2, duplicate: 2, bad: 2 })
  expect(preview.rows.map((row) => [row.line, row.verdict, 'why' in row ? row.why : ''])).toEqual([
    [2, 'fine', ''],
    [3, 'duplicate', 'dan is here already with this address'],
    [4, 'duplicate', 'is in this file already, in line 2'],
    [5, 'bad', 'email is not an e-mail address'],
    [6, 'fine', ''],
    [7, 'bad', 'your role does not allow making somebody owner'],
  ])
  expect(world.jobs).toEqual([])

  const { invited, skipped } = await perform(inviteMany, dan, { csv }, deps)
  expect(invited.map((i) => i.email)).toEqual(['anna@example.org', 'ingrid@example.org'])
  expect(skipped).toHaveLength(4)
  expect(world.jobs).toHaveLength(2)
  expect(await auditLog(world, 'person.invited')).toHaveLength(2)
  const people = await db.sql`SELECT name, title, status FROM people WHERE status = 'invited' ORDER BY name`
  expect(people).toEqual([
    { name: 'Anna', title: 'Engineer', status: 'invited' },
    { name: 'Ingrid', title: '', status: 'invited' },
  ])
})

test('a thousand people are invited at once', async () => {
  const csv = Array.from({ length: 1_000 }, (_, i) => `p${i}@example.org,Person ${i}`).join('\n')
  const { invited } = await perform(inviteMany, dan, { csv }, world.deps)
  expect(invited).toHaveLength(1_000)
  expect(world.jobs).toHaveLength(1_000)
})

test('an imported person whom an owner made an owner is not taken over by dan with an address of his own', async () => {
  const olivia = await someone(world, 'olivia', 'owner')
  const [zoe] = await world.db.sql<{ id: string }>`
    INSERT INTO people (id, name, role, status, import_key, created_at)
    VALUES (${world.deps.newId()}, 'Zoe', 'owner', 'imported', 'slack:Z', now()) RETURNING id`
  const asked = { email: 'dan+zoe@example.org', person: zoe!.id }
  await expect(perform(invite, dan, asked, world.deps)).rejects.toMatchObject({ code: 'not_allowed' })
  expect(await perform(invite, olivia, asked, world.deps)).toMatchObject({ person: zoe!.id })
})

test('an imported person whom an owner made an owner keeps that, whatever dan’s file or form says', async () => {
  const { id: zoe } = (
    await world.db.sql<{ id: string }>`
      INSERT INTO people (id, name, email, role, status, import_key, created_at)
      VALUES (${world.deps.newId()}, 'Zoe', 'zoe@example.org', 'owner', 'imported', 'slack:Z', now()) RETURNING id`
  )[0]!
  const csv = 'email,role\nzoe@example.org,member\n'
  const preview = await perform(previewInvitations, dan, { csv }, world.deps)
  expect(preview.fine).toBe(0)
  await perform(inviteMany, dan, { csv }, world.deps).catch(() => {})
  await expect(perform(invite, dan, { email: 'zoe@example.org' }, world.deps)).rejects.toMatchObject({
    code: 'not_allowed',
  })
  expect(world.jobs).toEqual([])
  expect(await world.db.sql`SELECT role, status FROM people WHERE id = ${zoe}`).toEqual([
    { role: 'owner', status: 'imported' },
  ])
})
