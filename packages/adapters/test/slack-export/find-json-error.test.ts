import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonError } from '../../src/slack-export/find-json-error.ts'

describe('the position of a fault in JSON', () => {
  test.each([
    ['[1, 2,, 3]', 1, 7],
    ['{"a": 1\n "b": 2}', 2, 2],
    ['[\n {"text": "cut sho', 2, 11],
    ['', 1, 1],
    ['[1] [2]', 1, 5],
    ['{"a": tru}', 1, 7],
    ['["\\x"]', 1, 2],
    ['{"a"}', 1, 5],
    ['[1}', 1, 3],
    ['[01]', 1, 3],
  ])('%j is at fault from line %i, column %i', (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(findJsonError(text)).toEqual({ line, column })
  })

  test('whatever valid JSON is cut short, the fault is never past its end', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const cut = text.slice(0, at % text.length)
        const { line, column } = findJsonError(cut)
        expect(line).toBeGreaterThanOrEqual(1)
        expect(column).toBeLessThanOrEqual(cut.length + 1)
      }),
    )
  })

  test('valid JSON followed by a stray bracket is at fault exactly there', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonError(`${text} ]`)).toEqual({ line: 1, column: text.length + 2 })
      }),
    )
  })

  test('a megabyte of open brackets and an endless string are answered at once', () => {
    expect(findJsonError('['.repeat(1_000_000))).toEqual({ line: 1, column: 1_000_001 })
    expect(findJsonError(`["${'a\\n'.repeat(1_000_000)}`)).toEqual({ line: 1, column: 2 })
  })
})
