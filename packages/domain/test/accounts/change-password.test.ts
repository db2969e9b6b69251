import { perform } from '@parley/domain'
import { changePassword } from '@parley/domain/accounts/index'
import { hashPassword, verifyPassword } from '@parley/domain/accounts/passwords/argon'
import { orThrow } from '@parley/domain/refusal'
import { authenticate } from '@parley/domain/sessions/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { onAnotherDevice, type Someone, someone } from '../../../../tests/support/people.ts'

const OLD = 'seven grey herons wait'
const NEW = 'nine slow barges pass'
let world: TestDeps
let alice: Someone
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
  await world.db.sql`UPDATE people SET password_hash = ${await hashPassword(OLD)} WHERE id = ${alice.id}`
})
afterEach(() => world.close())

const change = async (current: string, next: string) =>
  orThrow(await perform(changePassword, alice, { current, next }, world.deps))
const hash = async () =>
  (await world.db.sql<{ h: string }>`SELECT password_hash AS h FROM people WHERE id = ${alice.id}`)[0]!.h

test('alice changes her password and is signed out everywhere but here', async () => {
  const phone = await onAnotherDevice(world, alice)
  expect(await change(OLD, NEW)).toEqual({ ended: 1 })
  expect(await authenticate(world.deps, { ...alice.tokens, address: '' })).not.toBeNull()
  expect(await authenticate(world.deps, { ...phone.tokens, address: '' })).toBeNull()
  expect(world.published.at(-1)?.revoked.sessions).toEqual([phone.session])
  expect(await verifyPassword(await hash(), NEW)).toBe(true)
  expect(await hash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('whoever holds a stolen session cannot guess on: after ten tries in an hour the device waits', async () => {
  for (let i = 0; i < 10; i++)
    await expect(change(`guess ${i}`, NEW)).rejects.toMatchObject({ code: 'wrong_credentials' })
  await expect(change(OLD, NEW)).rejects.toMatchObject({ code: 'too_many', retryAfter: 3_600 })
  world.clock.advance(3_600_000)
  expect(await change(OLD, NEW)).toEqual({ ended: 0 })
})

test('whoever sits at her open screen without knowing the old one changes nothing, and it is recorded', async () => {
  await expect(change('a guess', NEW)).rejects.toMatchObject({ code: 'wrong_credentials' })
  expect(await verifyPassword(await hash(), OLD)).toBe(true)
  expect(await auditLog(world, 'person.password_changed')).toMatchObject([{ result: 'refused' }])
})

test('the new one must be good, and says which field is to blame', async () => {
  await expect(change(OLD, 'Welcome12345')).rejects.toMatchObject({
    code: 'refused_by_policy',
    field: 'next',
  })
})

test('somebody who signs in through an identity provider has no password to change', async () => {
  await world.db.sql`UPDATE people SET password_hash = NULL WHERE id = ${alice.id}`
  await expect(change(OLD, NEW)).rejects.toMatchObject({ code: 'conflict' })
})
