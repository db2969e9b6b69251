import { expect, test } from 'vitest'
import { planPeople } from '../../src/import/plan-people.ts'
import { Remarks } from '../../src/import/remarks.ts'
import type { SlackPerson } from '../../src/import/slack-export.ts'
import { person } from './memory-export.ts'

const nameOf = (named: Partial<SlackPerson>) =>
  planPeople([person('UBOB', { realName: 'Bob', ...named })], new Map(), new Remarks())[0]!.name

test('whoever is called something that cannot be seen gets the next of their names', () => {
  for (const displayName of ['\u3164', '\u00AD', '\u2800', '\u200B \u0301'])
    expect(nameOf({ displayName })).toBe('Bob')
  expect(nameOf({ displayName: '', realName: '\u3164' })).toBe('ubob')
})

test('a name comes over without what hides in it, and with its own letters', () => {
  expect(nameOf({ displayName: 'ali\u00ADce\u202E (owner)' })).toBe('alice (owner)')
  expect(nameOf({ displayName: `Z${'\u0336'.repeat(40)}oe` })).toBe(`Z${'\u0336'.repeat(4)}oe`)
  expect(nameOf({ displayName: 'می\u200Cخواهم' })).toBe('می\u200Cخواهم')
})
