import { listPolicies, searchChannels, setPolicy } from '@parley/domain/retention/index'
import type { Id } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { openWorld, type World } from './world.ts'

let world: World
let [general, secret, direct]: Id[] = []
beforeAll(async () => {
  world = await openWorld()
  const { alice, bob } = world.people
  general = await world.channel('general', [alice, bob])
  secret = await world.channel('secret 100%', [alice], 'private')
  direct = await world.channel(null, [alice, bob], 'direct')
})
afterAll(() => world.close())

test('dan sets the organisation’s and a channel’s retention; each change is audited with before and after', async () => {
  await world.keep(365)
  await world.keep(null, general, 'organisation')
  await world.keep(30, general, null)
  expect(await world.as(world.people.erin, listPolicies)).toMatchObject({
    organisation: { days: 365, changedBy: { name: 'dan' } },
    channels: [{ days: 30, conversation: { id: general, name: 'general', kind: 'public' } }],
  })
  await world.keep('organisation', general, 30)
  expect((await world.as(world.people.erin, listPolicies)).channels).toEqual([])
  const log = await auditLog(world, 'retention_policy.changed')
  expect(log.map((e) => [e.entity_name, e.before, e.after])).toEqual([
    ['', { days: null }, { days: 365 }],
    ['general', { days: 'organisation' }, { days: null }],
    ['general', { days: null }, { days: 30 }],
    ['general', { days: 30 }, { days: 'organisation' }],
  ])
})

test('what somebody else has changed meanwhile is not overwritten, and saving the same changes nothing', async () => {
  await expect(world.keep(7, null, 30)).rejects.toMatchObject({ code: 'conflict', field: 'keep' })
  const before = await auditLog(world)
  await world.keep(365, null, 365)
  expect(await auditLog(world)).toEqual(before)
})

test('two who save at once do not both win', async () => {
  const both = await Promise.allSettled([
    world.keep(10, secret, 'organisation'),
    world.keep(20, secret, 'organisation'),
  ])
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a direct message has no retention of its own, and days have bounds', async () => {
  await expect(world.keep(7, direct, 'organisation')).rejects.toMatchObject({ code: 'not_found' })
  await expect(world.keep(7, '999', 'organisation')).rejects.toMatchObject({ code: 'not_found' })
  for (const days of [0, -1, 1.5, 36_501])
    await expect(world.keep(days), `${days}`).rejects.toMatchObject({ code: 'bad_input' })
  await expect(world.keep('organisation')).rejects.toMatchObject({ code: 'bad_input' })
})

test('channels are found by their name, and say whether they have a rule; direct messages are not among them', async () => {
  const found = (text: string) => world.as(world.people.erin, searchChannels, { text })
  expect(await found('')).toHaveLength(2)
  expect(await found('100%')).toMatchObject([{ id: secret, kind: 'private', members: 1, own: true }])
  expect(await found('GEN')).toMatchObject([{ name: 'general', own: false }])
})

test('erin sees the policies and may not change them; mallory does not see them', async () => {
  const { erin, mallory } = world.people
  const change = { conversation: null, keep: 1, was: 365 }
  await expect(world.as(erin, setPolicy, change)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(world.as(mallory, listPolicies)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(world.as(mallory, searchChannels, { text: '' })).rejects.toMatchObject({ code: 'not_allowed' })
})
