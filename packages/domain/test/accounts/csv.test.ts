import { readCsv } from '@parley/domain/accounts/invitations/csv'
import { nameFrom, readInviteRows } from '@parley/domain/accounts/invitations/read-rows'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('quotes, commas and line breaks inside quotes, and the line that each record began on', () => {
  const text =
    '\uFEFFemail,name\r\n"a@x.org","Larsson, Anna ""Annie"""\r\n\r\n"b@x.org","two\nlines"\nc@x.org,Carl'
  expect(readCsv(text)).toEqual([
    { line: 1, fields: ['email', 'name'] },
    { line: 2, fields: ['a@x.org', 'Larsson, Anna "Annie"'] },
    { line: 4, fields: ['b@x.org', 'two\nlines'] },
    { line: 6, fields: ['c@x.org', 'Carl'] },
  ])
})

test('whatever is written as CSV is read as it was', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'ö', ',', ';', '"', '\n', ' ', '1') })
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const kept = rows.filter((row) => row.some((one) => one.trim() !== ''))
      const written = rows
        .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
        .join('\n')
      // the separator is taken from the first line: name the columns there, as people do
      const read = readCsv(`a,b\n${written}`)
      expect(read.slice(1).map((record) => record.fields)).toEqual(kept)
    }),
  )
})

test('a German spreadsheet separates with semicolons and names the columns in its own order', () => {
  const rows = readInviteRows(
    'Name;E-Mail;Role\nAnna Larsson;Anna@Example.org;Auditor\n;bert.vogel@example.org;',
  )
  expect(rows).toEqual([
    {
      line: 2,
      email: 'anna@example.org',
      invitee: { email: 'anna@example.org', name: 'Anna Larsson', title: '', role: 'auditor' },
    },
    {
      line: 3,
      email: 'bert.vogel@example.org',
      invitee: { email: 'bert.vogel@example.org', name: 'Bert Vogel', title: '', role: 'member' },
    },
  ])
})

test('a file without column names is address, name, title, role', () => {
  expect(readInviteRows('anna@example.org,Anna,Engineer')).toMatchObject([
    { invitee: { name: 'Anna', title: 'Engineer', role: 'member' } },
  ])
})

test('each bad row says what is wrong with it', () => {
  const rows = readInviteRows(
    'email,name,role\nnot-an-address,Anna,member\nb@example.org,"Eve\u202Exe",member\nc@x.org,C,king',
  )
  expect(rows.map((row) => 'bad' in row && row.bad)).toEqual([
    'email is not an e-mail address',
    'name must not contain control characters or characters that cannot be seen',
    'role is not a role: use owner, administrator, auditor, member',
  ])
})

test('an empty file, and one of a thousand and one people, are refused with a sentence', () => {
  expect(() => readInviteRows('email,name\n')).toThrow('There is nobody in this file.')
  const many = Array.from({ length: 1_001 }, (_, i) => `p${i}@example.org`).join('\n')
  expect(() => readInviteRows(many)).toThrow(/1001 people.*at most 1000/)
})

test('an address says what its owner may be called', () => {
  expect(nameFrom('anna.larsson@example.org')).toBe('Anna Larsson')
  expect(nameFrom('@')).toBe('')
})
