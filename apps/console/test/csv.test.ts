import { expect, test } from 'vitest'
import { toCsv } from '../features/list/csv.ts'

const lines = (text: string) => text.replace('\uFEFF', '').trimEnd().split('\r\n')

test('names with commas, quotes and lines stay one cell', () => {
  expect(toCsv(['name'], [['Voss, "Mal"\nMallory']])).toBe('\uFEFFname\r\n"Voss, ""Mal""\nMallory"\r\n')
})

test('nothing that mallory calls herself is run by a spreadsheet', () => {
  expect(lines(toCsv(['name'], [['=HYPERLINK("http://evil.example")'], ['+1'], ['@sum'], ['-2+3']]))).toEqual(
    ['name', '"\'=HYPERLINK(""http://evil.example"")"', "'+1", "'@sum", "'-2+3"],
  )
})

test('numbers stay numbers and what is not known stays empty', () => {
  expect(lines(toCsv(['id', 'count'], [[null, -3]]))).toEqual(['id,count', ',-3'])
})
