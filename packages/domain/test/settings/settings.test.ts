import { perform } from '@parley/domain'
import { changeSettings, listSettings, settingHistory } from '@parley/domain/settings/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let dan: Someone
beforeEach(async () => {
  world = await testDeps()
  dan = await someone(world, 'dan', 'administrator')
})
afterEach(() => world.close())

type Changes = Parameters<typeof change>[1]
const change = (
  who: Someone,
  changes: { key: 'sessions.idleHours' | 'passwords.minimumLength'; value: unknown; was: unknown }[],
) => perform(changeSettings, who, { changes }, world.deps)
const setting = async (key: string) =>
  (await perform(listSettings, dan, {}, world.deps)).find((one) => one.key === key)
const idle = (value: unknown, was: unknown): Changes => [{ key: 'sessions.idleHours', value, was }]

test('a setting says what it decides, within which bounds, and who changed it last', async () => {
  expect(await setting('sessions.idleHours')).toMatchObject({ value: 336, fallback: 336, changedBy: null })
  await change(dan, idle(8, 336))
  expect(await setting('sessions.idleHours')).toMatchObject({
    value: 8,
    unit: 'hours',
    minimum: 1,
    changedBy: { id: dan.id, name: 'dan' },
    changedAt: world.deps.now().getTime(),
  })
})

test('its history is in the audit log, and undo is a change back', async () => {
  await change(dan, idle(8, 336))
  const [saved] = await change(dan, idle(336, 8))
  expect(saved).toMatchObject({ before: 8, after: 336 })
  const history = await perform(settingHistory, dan, { key: 'sessions.idleHours' }, world.deps)
  expect(history.map((h) => [h.by.name, h.before, h.after])).toEqual([
    ['dan', 8, 336],
    ['dan', 336, 8],
  ])
})

test('of two administrators who saved the same form, the second is told', async () => {
  await change(dan, idle(8, 336))
  const olivia = await someone(world, 'olivia', 'owner')
  await expect(change(olivia, idle(24, 336))).rejects.toMatchObject({
    code: 'conflict',
    field: 'sessions.idleHours',
    message: expect.stringContaining('is 8 now'),
  })
  const both = await Promise.allSettled([change(dan, idle(10, 8)), change(olivia, idle(12, 8))])
  expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a value out of bounds saves nothing, not even its neighbours', async () => {
  const both: Changes = [...idle(8, 336), { key: 'passwords.minimumLength', value: 4, was: 12 }]
  await expect(change(dan, both)).rejects.toMatchObject({
    code: 'bad_input',
    field: 'passwords.minimumLength',
  })
  expect(await setting('sessions.idleHours')).toMatchObject({ value: 336 })
})

test('erin sees settings and changes none; mallory does not see them', async () => {
  const erin = await someone(world, 'erin', 'auditor')
  expect(await perform(listSettings, erin, {}, world.deps)).not.toEqual([])
  await expect(change(erin, idle(8, 336))).rejects.toMatchObject({ code: 'not_allowed' })
  const mallory = await someone(world, 'mallory')
  await expect(perform(listSettings, mallory, {}, world.deps)).rejects.toMatchObject({ code: 'not_allowed' })
})
