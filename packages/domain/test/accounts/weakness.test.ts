import { weakness } from '@parley/domain/accounts/passwords/weakness'
import { expect, test } from 'vitest'

const alice = { email: 'alice.larsson@example.org', name: 'Alice Larsson' }
const judge = (password: string) => weakness(password, alice, 12)

test('a few unrelated words are a good password, in any language', () => {
  for (const good of [
    'seven grey herons wait',
    'kaffe regnbåge lokförare',
    'тихий океан и чайник',
    'x8#Lq2!vP0zRt',
    'alice keeps eleven marmots',
  ])
    expect(judge(good), good).toBeNull()
})

test('a short password is refused with the length that it has', () => {
  expect(judge('herons')).toMatch(/at least 12 characters: this has 6/)
  expect(judge('🦩'.repeat(11))).toMatch(/this has 11/)
})

test('what is tried first is refused, each with its reason', () => {
  for (const common of [
    'Password1234',
    'P@ssw0rd2024!!',
    'welcome!!!!!!!!1',
    '...letmein1234',
    'QwertyUiop12!',
    'changeme changeme',
  ])
    expect(judge(common), common).toMatch(/common password/)
  expect(judge('aaaaaaaaaabbbbbb')).toMatch(/different characters/)
  for (const run of ['abcdefghijklmn', '123456789012345', '9876543210987'])
    expect(judge(run), run).toMatch(/order/)
})

test('nobody’s own name or address is a password', () => {
  for (const own of ['AliceLarsson1', 'larssonlarsson', 'example.org2024', 'Alice.Larsson!'])
    expect(judge(own), own).toMatch(/own name or address/)
})
