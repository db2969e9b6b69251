import { createHmac, generateKeySync } from 'node:crypto'
import { perform } from '@parley/domain'
import { connect, issueTicket, TICKET_MS, verifyTicket } from '@parley/domain/sessions/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let alice: Someone
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
})
afterEach(() => world.close())

const key = () => world.deps.secrets.key('ticket')
const ticket = async () => (await perform(connect, alice, {}, world.deps)).ticket

test('alice is told where to connect, and her ticket says who she is without asking the database', async () => {
  const { addresses } = await perform(connect, alice, {}, world.deps)
  expect(addresses).toEqual(['ws://localhost:3002'])
  expect(verifyTicket(key(), await ticket(), world.deps.now())).toEqual({
    kind: 'ticket',
    person: alice.id,
    session: alice.session,
    device: alice.device,
    name: 'alice',
    role: 'member',
    expires: world.deps.now().getTime() + TICKET_MS,
  })
})

test('a ticket is over after thirty seconds', async () => {
  const text = await ticket()
  world.clock.advance(TICKET_MS - 1)
  expect(verifyTicket(key(), text, world.deps.now())).not.toBeNull()
  world.clock.advance(1)
  expect(verifyTicket(key(), text, world.deps.now())).toBeNull()
})

test('mallory makes no ticket: another key, another body, or nonsense is refused', async () => {
  const text = await ticket()
  const [body, seal] = text.split('.') as [string, string]
  const asOwner = JSON.parse(Buffer.from(body, 'base64url').toString())
  const forged = Buffer.from(JSON.stringify({ ...asOwner, role: 'owner' })).toString('base64url')
  const other = issueTicket(generateKeySync('hmac', { length: 256 }), alice, world.deps.now())
  for (const bad of [`${forged}.${seal}`, other, body, `${text}.x`, `${body}.`, '', '.', 'é.é'])
    expect(verifyTicket(key(), bad, world.deps.now()), bad).toBeNull()
})

test('a ticket of a newer version is refused, and ends nothing', async () => {
  const [body] = (await ticket()).split('.') as [string]
  const known = JSON.parse(Buffer.from(body, 'base64url').toString())
  const newer = Buffer.from(JSON.stringify({ ...known, region: 'eu' })).toString('base64url')
  const seal = createHmac('sha256', key()).update(newer).digest('base64url')
  expect(verifyTicket(key(), `${newer}.${seal}`, world.deps.now())).toBeNull()
})

test('the longest name still fits into a frame', async () => {
  const text = issueTicket(key(), { ...alice, name: '🦩'.repeat(40) }, world.deps.now())
  expect(text.length).toBeLessThan(2_000)
})
