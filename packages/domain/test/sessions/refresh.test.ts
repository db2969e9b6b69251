import { perform } from '@parley/domain'
import { signOut } from '@parley/domain/accounts/index'
import { orThrow } from '@parley/domain/refusal'
import { authenticate, refreshSession } from '@parley/domain/sessions/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { onAnotherDevice, type Someone, someone } from '../../../../tests/support/people.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const visitor = { kind: 'anonymous', address: '192.0.2.9' } as const

let world: TestDeps
let alice: Someone
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
})
afterEach(() => world.close())

const refresh = async (token: string, device: string | null = alice.tokens.device) =>
  orThrow(await perform(refreshSession, visitor, { refresh: token, device }, world.deps))
const known = async (access: string, device: string | null = alice.tokens.device) =>
  (await authenticate(world.deps, { access, device, address: '' })) !== null

test('an access token holds for ten minutes, then the refresh token brings the next pair', async () => {
  expect(await known(alice.tokens.access)).toBe(true)
  world.clock.advance(10 * MINUTE)
  expect(await known(alice.tokens.access)).toBe(false)
  const next = await refresh(alice.tokens.refresh)
  expect(next.session).toBe(alice.session)
  expect(await known(next.access)).toBe(true)
  expect(next.refresh).not.toBe(alice.tokens.refresh)
})

test('an access token is worth nothing without the secret of its device, or once it was rotated', async () => {
  const phone = await onAnotherDevice(world, alice)
  expect(await known(alice.tokens.access, null)).toBe(false)
  expect(await known(alice.tokens.access, phone.tokens.device)).toBe(false)
  expect(await known('x'.repeat(43))).toBe(false)
  await refresh(alice.tokens.refresh)
  expect(await known(alice.tokens.access)).toBe(false)
})

test('two tabs that refresh at the same moment get the same tokens and stay signed in', async () => {
  const [one, two] = await Promise.all([refresh(alice.tokens.refresh), refresh(alice.tokens.refresh)])
  expect(one.refresh).toBe(two.refresh)
  expect(await known(one.access)).toBe(true)
  world.clock.advance(9 * SECOND)
  expect((await refresh(alice.tokens.refresh)).refresh).toBe(one.refresh)
  await refresh(one.refresh)
})

test('an answer lost on the way does not sign alice out, however long she was offline', async () => {
  await refresh(alice.tokens.refresh)
  world.clock.advance(3 * HOUR)
  const again = await refresh(alice.tokens.refresh)
  expect(await known(again.access)).toBe(true)
})

test('an old refresh token ends the session for thief and owner alike, at once, and is recorded', async () => {
  const stolen = alice.tokens.refresh
  const next = await refresh(stolen)
  expect(await known(next.access)).toBe(true)
  world.clock.advance(11 * SECOND)
  await expect(refresh(stolen)).rejects.toMatchObject({ code: 'session_reused' })

  expect(await known(next.access)).toBe(false)
  await expect(refresh(next.refresh)).rejects.toMatchObject({ code: 'session_reused' })
  expect(world.published.at(-1)?.revoked.sessions).toEqual([alice.session])
  expect(await auditLog(world, 'session.reused')).toMatchObject([
    { entity_name: 'alice', result: 'refused', after: { session: alice.session, because: 'reused' } },
  ])
})

test('a refresh token from many rotations ago is still recognised as stolen', async () => {
  let token = alice.tokens.refresh
  for (let i = 0; i < 5; i++) {
    world.clock.advance(10 * MINUTE)
    const next = await refresh(token)
    await known(next.access)
    token = next.refresh
  }
  await expect(refresh(alice.tokens.refresh)).rejects.toMatchObject({ code: 'session_reused' })
  await expect(refresh(token)).rejects.toMatchObject({ code: 'session_reused' })
})

test('the current refresh token from another device ends the session, also within the grace of the first', async () => {
  const phone = await onAnotherDevice(world, alice)
  await refresh(alice.tokens.refresh)
  const elsewhere = refresh(alice.tokens.refresh, phone.tokens.device)
  await expect(elsewhere).rejects.toMatchObject({ code: 'session_reused' })
  expect(await auditLog(world, 'session.reused')).toMatchObject([{ after: { because: 'other device' } }])
  expect(await known(phone.tokens.access, phone.tokens.device)).toBe(true)
})

test('mallory cannot end alice’s session with a token of her own making', async () => {
  const [session, secret, seal] = alice.tokens.refresh.split('.') as [string, string, string]
  const turned = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`
  for (const forged of [
    `${session}.${turned}.${seal}`,
    `${session}.${secret}`,
    `${session}..`,
    'nonsense',
    '',
  ]) {
    await expect(refresh(forged), forged).rejects.toMatchObject({ code: 'signed_out' })
  }
  expect(await known(alice.tokens.access)).toBe(true)
  expect(await auditLog(world)).toEqual([])
})

test('a session ends after two weeks without use, and after ninety days in any case', async () => {
  let { refresh: token } = alice.tokens
  world.clock.advance(14 * 24 * HOUR)
  token = (await refresh(token)).refresh
  world.clock.advance(14 * 24 * HOUR + 1)
  await expect(refresh(token)).rejects.toMatchObject({ code: 'signed_out' })

  const bob = await someone(world, 'bob')
  token = bob.tokens.refresh
  for (let day = 0; day < 89; day += 10) {
    token = (await refresh(token, bob.tokens.device)).refresh
    world.clock.advance(10 * 24 * HOUR)
  }
  await expect(refresh(token, bob.tokens.device)).rejects.toMatchObject({ code: 'signed_out' })
})

test('whoever signed out, or was deactivated, does not come back with a refresh token', async () => {
  await perform(signOut, alice, { refresh: null }, world.deps)
  await expect(refresh(alice.tokens.refresh)).rejects.toMatchObject({ code: 'signed_out' })
  const bob = await someone(world, 'bob')
  await world.db.sql`UPDATE people SET status = 'deactivated' WHERE id = ${bob.id}`
  await expect(refresh(bob.tokens.refresh, bob.tokens.device)).rejects.toMatchObject({ code: 'signed_out' })
})

test('only hashes of tokens are stored', async () => {
  const stored = JSON.stringify(
    await world.db.sql`SELECT s.*, d.* FROM sessions s JOIN devices d ON d.id = s.device_id`,
  )
  const { access, refresh: token, device } = alice.tokens
  for (const secret of [access, token, token.split('.')[1]!, device, device.split('.')[1]!])
    expect(stored).not.toContain(secret)
})
