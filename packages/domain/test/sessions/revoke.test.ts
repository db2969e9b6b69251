import { perform } from '@parley/domain'
import {
  authenticate,
  listMySessions,
  registerPush,
  revokeMyOtherSessions,
  revokeMySession,
  revokeSessions,
} from '@parley/domain/sessions/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { onAnotherDevice, type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let alice: Someone
let phone: Someone
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
  phone = await onAnotherDevice(world, alice)
})
afterEach(() => world.close())

const isIn = async (who: Someone) => (await authenticate(world.deps, { ...who.tokens, address: '' })) !== null
const pushTokens = () =>
  world.db.sql<{ id: string }>`SELECT id FROM devices WHERE push_token IS NOT NULL ORDER BY id`

test('alice sees where she is signed in, this device marked, and nobody else’s', async () => {
  await someone(world, 'bob')
  world.clock.advance(1_000)
  const sessions = await perform(listMySessions, alice, {}, world.deps)
  expect(sessions.map((s) => [s.id, s.current, s.device.name]).sort()).toEqual(
    [
      [alice.session, true, 'Firefox on Linux'],
      [phone.session, false, 'Firefox on Linux'],
    ].sort(),
  )
})

test('alice ends the session on her lost phone: its socket is closed and it gets no more notifications', async () => {
  await perform(registerPush, phone, { kind: 'fcm', token: 'phone-token' }, world.deps)
  expect(await pushTokens()).toEqual([{ id: phone.device }])
  await perform(revokeMySession, alice, { session: phone.session }, world.deps)
  expect([await isIn(alice), await isIn(phone)]).toEqual([true, false])
  expect(world.published.at(-1)?.revoked.sessions).toEqual([phone.session])
  expect(await pushTokens()).toEqual([])
  expect(await perform(listMySessions, alice, {}, world.deps)).toHaveLength(1)
})

test('alice signs out everywhere else', async () => {
  const tablet = await onAnotherDevice(world, alice)
  const { ended } = await perform(revokeMyOtherSessions, alice, {}, world.deps)
  expect(ended.sort()).toEqual([phone.session, tablet.session].sort())
  expect([await isIn(alice), await isIn(phone), await isIn(tablet)]).toEqual([true, false, false])
  expect(await perform(revokeMyOtherSessions, alice, {}, world.deps)).toEqual({ ended: [] })
  expect(await auditLog(world, 'session.revoked')).toHaveLength(1)
})

test('mallory cannot end alice’s session; it looks absent to her', async () => {
  const mallory = await someone(world, 'mallory')
  const mine = perform(revokeMySession, mallory, { session: alice.session }, world.deps)
  await expect(mine).rejects.toMatchObject({ code: 'not_found' })
  const hers = perform(revokeSessions, mallory, { person: alice.id }, world.deps)
  await expect(hers).rejects.toMatchObject({ code: 'not_allowed' })
  expect(await isIn(alice)).toBe(true)
})

test('dan ends one session of alice, then all; the owner’s he may not touch', async () => {
  const dan = await someone(world, 'dan', 'administrator')
  await perform(revokeSessions, dan, { person: alice.id, session: phone.session }, world.deps)
  expect([await isIn(alice), await isIn(phone)]).toEqual([true, false])
  await perform(revokeSessions, dan, { person: alice.id }, world.deps)
  expect(await isIn(alice)).toBe(false)
  expect(await auditLog(world, 'session.revoked')).toMatchObject([
    { actor_name: 'dan', entity_name: 'alice', after: { sessions: [phone.session] } },
    { actor_name: 'dan', entity_name: 'alice', after: { sessions: [alice.session] } },
  ])
  const olivia = await someone(world, 'olivia', 'owner')
  const above = perform(revokeSessions, dan, { person: olivia.id }, world.deps)
  await expect(above).rejects.toMatchObject({ code: 'not_allowed' })
  const mixed = perform(revokeSessions, dan, { person: alice.id, session: olivia.session }, world.deps)
  await expect(mixed).rejects.toMatchObject({ code: 'not_found' })
  expect(await isIn(olivia)).toBe(true)
})

test('a push token belongs to the browser that registered it last', async () => {
  await perform(registerPush, alice, { kind: 'fcm', token: 'one browser' }, world.deps)
  const bob = await someone(world, 'bob')
  await perform(registerPush, bob, { kind: 'fcm', token: 'one browser' }, world.deps)
  expect(await pushTokens()).toEqual([{ id: bob.device }])
  await perform(registerPush, bob, { kind: 'fcm', token: null }, world.deps)
  expect(await pushTokens()).toEqual([])
})
