import { expect, test } from 'vitest'
import { besideField, failureOf } from '../src/browser/failure.ts'

const says = (message: string, field?: string) =>
  besideField(failureOf({ code: 'bad_input', message, field }))

test('beside its field what is wrong is a sentence that does not name the field again', () => {
  expect(says('email: is not an e-mail address', 'email')).toBe('This is not an e-mail address.')
  expect(says('name: must not be empty', 'name')).toBe('This must not be empty.')
  expect(says('days: a token may live at most 90 days.', 'days')).toBe('A token may live at most 90 days.')
})

test('what is a sentence already stays as it is, and so does what belongs to no field', () => {
  expect(says('There is such a channel already.', 'name')).toBe('There is such a channel already.')
  expect(says('email: is not an e-mail address')).toBe('email: is not an e-mail address')
})
