import { type Actor, perform } from '@parley/domain'
import { signIn, signOut } from '@parley/domain/accounts/index'
import { hashPassword } from '@parley/domain/accounts/passwords/argon'
import { orThrow } from '@parley/domain/refusal'
import { authenticate } from '@parley/domain/sessions/index'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const PASSWORD = 'seven grey herons wait'
const MINUTE = 60_000
const visitor: Extract<Actor, { kind: 'anonymous' }> = { kind: 'anonymous', address: '192.0.2.9' }
const from = { device: null as string | null, agent: 'Firefox/140' }

let world: TestDeps
let alice: Someone
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
  await world.db.sql`UPDATE people SET password_hash = ${await hashPassword(PASSWORD)} WHERE id = ${alice.id}`
})
afterEach(() => world.close())

/** As the door does it: a refusal is thrown after what it wrote is durable. */
const tryWith = async (email: string, password: string, address = visitor.address) =>
  orThrow(await perform(signIn, { kind: 'anonymous', address }, { email, password, ...from }, world.deps))
const failTimes = async (times: number, email: string) => {
  for (let i = 0; i < times; i++)
    await expect(tryWith(email, `wrong ${i}`)).rejects.toMatchObject({ code: 'wrong_credentials' })
}

test('alice signs in with her address in any case, and is known by what she is given', async () => {
  const tokens = await tryWith(' Alice@Example.ORG', PASSWORD)
  expect(await authenticate(world.deps, { ...tokens, address: '192.0.2.9' })).toMatchObject({
    kind: 'person',
    id: alice.id,
    session: tokens.session,
  })
  expect(await auditLog(world)).toMatchObject([
    { action: 'session.started', actor_name: 'alice', result: 'done', after: { method: 'password' } },
  ])
})

test('the same characters typed in two ways are one password', async () => {
  await world.db
    .sql`UPDATE people SET password_hash = ${await hashPassword('caf\u00e9 au lait sucré')} WHERE id = ${alice.id}`
  await tryWith(alice.email, 'cafe\u0301 au lait sucre\u0301')
})

test('a wrong password is refused and recorded, though the act did not succeed', async () => {
  await expect(tryWith(alice.email, 'not it, not at all')).rejects.toMatchObject({
    code: 'wrong_credentials',
  })
  expect(await auditLog(world)).toMatchObject([
    {
      action: 'session.refused',
      actor_name: 'not signed in',
      entity_name: 'alice',
      result: 'refused',
      after: { reason: 'wrong credentials' },
    },
  ])
})

test('after five failures alice waits a minute, then two, and the right password does not help meanwhile', async () => {
  await failTimes(5, alice.email)
  expect(await auditLog(world, 'person.locked')).toHaveLength(1)
  await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'locked', retryAfter: 60 })
  world.clock.advance(MINUTE)
  await failTimes(1, alice.email)
  await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'locked', retryAfter: 120 })
  world.clock.advance(2 * MINUTE)
  await tryWith(alice.email, PASSWORD)
  await failTimes(4, alice.email)
  await tryWith(alice.email, PASSWORD)
})

describe('mallory, who knows alice’s address', () => {
  const onHerOwn = (password: string, email = alice.email) =>
    perform(
      signIn,
      visitor,
      { email, password, device: alice.tokens.device, agent: from.agent },
      world.deps,
    ).then(orThrow)

  test('locks the door for strangers, and not for alice on a device that she has used', async () => {
    await failTimes(5, alice.email)
    await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'locked' })
    expect(await onHerOwn(PASSWORD)).toMatchObject({ person: alice.id, deviceId: alice.device })
    // her signing in gives mallory no fresh tries
    await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'locked', retryAfter: 60 })
  })

  test('has ten tries an hour on a stolen device, which are not counted against alice, and then waits like a stranger', async () => {
    for (let i = 0; i < 10; i++)
      await expect(onHerOwn(`wrong ${i}`)).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await auditLog(world, 'person.locked')).toEqual([])
    await failTimes(5, alice.email)
    await expect(onHerOwn(PASSWORD)).rejects.toMatchObject({ code: 'locked' })
  })

  test('gains nothing by a device of somebody else’s, or by one that only looks like hers', async () => {
    const bob = await someone(world, 'bob')
    await world.db.sql`UPDATE people SET password_hash = ${await hashPassword(PASSWORD)} WHERE id = ${bob.id}`
    await failTimes(5, bob.email)
    await expect(onHerOwn(PASSWORD, bob.email)).rejects.toMatchObject({ code: 'locked' })
    const forged = `${bob.device}.${alice.tokens.device.split('.')[1]}`
    const tried = perform(
      signIn,
      visitor,
      { email: bob.email, password: PASSWORD, ...from, device: forged },
      world.deps,
    )
    await expect(tried.then(orThrow)).rejects.toMatchObject({ code: 'locked' })
  })

  test('keeps alice from nothing by using up all the tries of the office that both are in', async () => {
    for (let i = 0; i < 20; i++) await tryWith(`a${i}@example.org`, 'x').catch(() => {})
    await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'too_many' })
    expect(await onHerOwn(PASSWORD)).toMatchObject({ person: alice.id })
  })

  test('has no more tries for having a whole IPv6 network', async () => {
    for (let i = 0; i < 20; i++) await tryWith(`a${i}@example.org`, 'x', `2001:db8:1:2::${i}`).catch(() => {})
    await expect(tryWith('b@example.org', 'x', '2001:db8:1:2:ffff::1')).rejects.toMatchObject({
      code: 'too_many',
    })
    await expect(tryWith('b@example.org', 'x', '2001:db8:1:3::1')).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
  })
})

test('many tries at the same moment count one by one', async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: 12 }, (_, i) => tryWith(alice.email, `wrong ${i}`, `192.0.2.${i}`)),
  )
  const codes = tries.map((t) => (t.status === 'rejected' ? t.reason.code : 'in'))
  expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(5)
  expect(codes.filter((code) => code === 'locked')).toHaveLength(7)
})

test('an address that nobody has is answered, and locked, like one that somebody has', async () => {
  await failTimes(5, 'nobody@example.org')
  await expect(tryWith('nobody@example.org', PASSWORD)).rejects.toMatchObject({
    code: 'locked',
    message: 'Too many failed attempts. Try again in 60 seconds.',
  })
  world.clock.advance(25 * 60 * MINUTE)
  await failTimes(1, 'somebody.else@example.org')
  expect(await world.db.sql`SELECT count(*)::int AS n FROM unknown_sign_ins`).toEqual([{ n: 1 }])
})

test('it takes as long to refuse nobody as to refuse somebody', async () => {
  const time = async (email: string) => {
    const began = performance.now()
    await tryWith(email, 'not it, not at all').catch(() => {})
    return performance.now() - began
  }
  await time('warm.up@example.org')
  const median = (times: number[]) => times.sort((a, b) => a - b)[1]!
  const [nobody, somebody]: [number[], number[]] = [[], []]
  for (let i = 0; i < 3; i++) {
    nobody.push(await time(`nobody${i}@example.org`))
    somebody.push(await time(alice.email))
  }
  expect(median(nobody)).toBeGreaterThan(median(somebody) / 3)
  expect(median(nobody)).toBeLessThan(median(somebody) * 3)
})

test('somebody deactivated, invited, or without a password is told no more than somebody who mistyped', async () => {
  for (const status of ['deactivated', 'invited', 'imported']) {
    await world.db.sql`UPDATE people SET status = ${status}, failed_attempts = 0 WHERE id = ${alice.id}`
    await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'wrong_credentials' })
  }
  await world.db
    .sql`UPDATE people SET status = 'active', failed_attempts = 0, password_hash = NULL WHERE id = ${alice.id}`
  await expect(tryWith(alice.email, PASSWORD)).rejects.toMatchObject({ code: 'wrong_credentials' })
  const reasons = (await auditLog(world, 'session.refused')).map((e) => e.after?.reason)
  expect(reasons).toEqual(['deactivated', 'invited', 'imported', 'wrong credentials'])
})

test('twenty tries in a minute from one address are enough, whoever they are for', async () => {
  for (let i = 0; i < 20; i++)
    await perform(signIn, visitor, { email: `a${i}@example.org`, password: 'x', ...from }, world.deps)
  await expect(tryWith('b@example.org', 'x')).rejects.toMatchObject({ code: 'too_many' })
  await tryWith(alice.email, PASSWORD, '198.51.100.7')
})

test('a browser that alice used before is the same device again; bob on it gets his own', async () => {
  const first = await tryWith(alice.email, PASSWORD)
  from.device = first.device
  const again = await tryWith(alice.email, PASSWORD)
  expect(again.deviceId).toBe(first.deviceId)
  const bob = await someone(world, 'bob')
  await world.db.sql`UPDATE people SET password_hash = ${await hashPassword(PASSWORD)} WHERE id = ${bob.id}`
  const bobs = await tryWith(bob.email, PASSWORD)
  expect(bobs.deviceId).not.toBe(first.deviceId)
  from.device = null
})

test('alice signs out: her session is over, its socket is closed, her other device stays', async () => {
  const here = await tryWith(alice.email, PASSWORD)
  const actor = await authenticate(world.deps, { ...here, address: '192.0.2.9' })
  await perform(signOut, actor!, { refresh: null }, world.deps)
  expect(await authenticate(world.deps, { ...here, address: '' })).toBeNull()
  expect(await authenticate(world.deps, { ...alice.tokens, address: '' })).not.toBeNull()
  expect(world.published.at(-1)?.revoked.sessions).toEqual([here.session])
  expect(await auditLog(world, 'session.ended')).toMatchObject([{ actor_name: 'alice' }])
})

test('alice signs out after her access token has expired: the refresh token says whose session it is', async () => {
  world.clock.advance(11 * MINUTE)
  const gone = await perform(signOut, visitor, { refresh: alice.tokens.refresh }, world.deps)
  expect(gone).toMatchObject({ session: alice.session })
  expect(await perform(signOut, visitor, { refresh: alice.tokens.refresh }, world.deps)).toBeNull()
})
