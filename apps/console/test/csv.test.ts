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

test('nor what begins a cell only where semicolons or tabs part them, or is written wide', () => {
  expect(lines(toCsv(['name'], [['Mal;=1+1'], ['Mal\t@x'], ['＝1+1'], ['a;b']]))).toEqual([
    'name',
    "Mal;'=1+1",
    "Mal\t'@x",
    "'＝1+1",
    'a;b',
  ])
})

test('numbers stay numbers and what is not known stays empty', () => {
  expect(lines(toCsv(['id', 'count'], [[null, -3]]))).toEqual(['id,count', ',-3'])
})
