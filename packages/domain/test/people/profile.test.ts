import { perform } from '@parley/domain'
import { me, peopleByIds, searchPeople, updateProfile } from '@parley/domain/people/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let world: TestDeps
let alice: Someone
beforeEach(async () => {
  world = await testDeps()
  alice = await someone(world, 'alice')
})
afterEach(() => world.close())

const update = (changes: object) => perform(updateProfile, alice, changes, world.deps)
const profile = () => perform(me, alice, {}, world.deps)

test('alice sees who she is and what she may', async () => {
  expect(await profile()).toMatchObject({
    id: alice.id,
    email: 'alice@example.org',
    role: 'member',
    session: alice.session,
    hasPassword: false,
    console: null,
    permissions: { 'console.open': false, 'people.manage': false },
  })
  const dan = await someone(world, 'dan', 'administrator')
  const { permissions, console } = await perform(me, dan, {}, world.deps)
  expect(console).toBe('http://localhost:3001')
  expect(permissions).toMatchObject({ 'console.open': true, 'people.manage': true, 'owners.manage': false })
})

test('alice changes her name and title; what only concerns her is not audited', async () => {
  await update({ name: ' Alice Larsson ', title: 'Engineer' })
  await update({ timezone: 'Europe/Berlin', language: 'de', preferences: { theme: 'dark' } })
  await update({ preferences: { enter: 'breaks' }, title: '' })
  expect(await profile()).toMatchObject({
    name: 'Alice Larsson',
    title: '',
    timezone: 'Europe/Berlin',
    language: 'de',
    preferences: { theme: 'dark', enter: 'breaks' },
  })
  expect(await auditLog(world, 'person.profile_changed')).toMatchObject([
    { before: { name: 'alice', title: '' }, after: { name: 'Alice Larsson', title: 'Engineer' } },
    { before: { title: 'Engineer' }, after: { title: '' } },
  ])
})

test('a name does not pose as another, and a time zone exists', async () => {
  for (const bad of [
    { name: '' },
    { name: 'dan\u202Enimda' },
    { name: '\u200B' },
    { name: 'dan\u200B' },
    { name: 'dan\u2028admin' },
    { name: '\u3164' },
    { name: 'dan\u3164' },
    { name: 'dan\u200E' },
    { name: 'd\u00ADan' },
    { name: 'd\u034Fan' },
    { name: 'dan\u{E0061}\u{E0062}' },
    { name: 'dan\ud83d' },
    { name: `Z${'\u0336'.repeat(5)}` },
    { name: 'a\nb' },
    { name: 'x'.repeat(81) },
    { timezone: 'Mars/Olympus' },
    { language: 'x y' },
    { preferences: { theme: 'pink' } },
    { role: 'owner' },
  ])
    await expect(update(bad), JSON.stringify(bad)).rejects.toMatchObject({ code: 'bad_input' })
})

test('a name is written as its own language writes it', async () => {
  for (const name of [
    'Đặng Thị Ngọc'.normalize('NFD'), // two marks on a letter
    'נִקּוּד',
    'ညွှန်ကြား',
    'می\u200Cخواهم',
    'ക്\u200D',
    '葛\u{E0100}城', // a form of the first character that its family writes
    'Ailsa 🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    '👩\u200D🔧 ❤\uFE0F',
  ]) {
    await update({ name })
    expect(await profile()).toMatchObject({ name })
  }
})

test('a picker finds people by the beginning of any word of their name, or of their address', async () => {
  const { db, deps } = world
  await db.sql`INSERT INTO people (id, email, name, status) VALUES
    (11, 'anna@example.org', 'Anna Larsson', 'active'), (12, 'lars@example.org', 'Lars Müller', 'active'),
    (13, 'l2@example.org', 'Larissa Gone', 'deactivated'), (14, NULL, 'Larkin Imported', 'imported'),
    (15, NULL, '100% Robot', 'active')`
  const find = async (text: string) => (await perform(searchPeople, alice, { text }, deps)).map((p) => p.name)
  expect(await find('LAR')).toEqual(['Lars Müller', 'Anna Larsson', 'Larkin Imported'])
  expect(await find('anna@')).toEqual(['Anna Larsson'])
  expect(await find('%')).toEqual([])
  expect(await find('100%')).toEqual(['100% Robot'])
})

test('cards of people are there for everybody who is signed in, and for a token that may', async () => {
  const { deps } = world
  const bob = await someone(world, 'bob')
  const input = { ids: [bob.id, '404'] }
  expect(await perform(peopleByIds, alice, input, deps)).toEqual([
    { id: bob.id, name: 'bob', title: '', kind: 'person', status: 'active' },
  ])
  const robot = {
    kind: 'token',
    id: '1',
    name: 'robot',
    token: '2',
    scopes: ['people:read'],
    address: '',
  } as const
  expect(await perform(peopleByIds, robot, input, deps)).toHaveLength(1)
  const without = perform(peopleByIds, { ...robot, scopes: ['messages:read'] }, input, deps)
  await expect(without).rejects.toMatchObject({ code: 'scope_missing' })
})
