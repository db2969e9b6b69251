import { oneLine, oneLineOrNothing } from '@parley/domain/one-line'
import { singleLine } from '@parley/domain/single-line'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const MOST = 12

test('foreign text is made into a line that would be taken from anybody, whatever it is', () => {
  const hostile = fc.constantFrom(
    ...[
      '\u202e',
      '\u200b',
      '\u200d',
      '\u200d\u200d',
      '\u00ad',
      '\u2028',
      '\r\n',
      '\ud83d',
      '\u0336',
      '\u3164',
    ],
    ...['\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', '\u{E0061}', 'é', '👍', ' ', 'a'],
  )
  const text = fc.array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 20 })
  fc.assert(
    fc.property(text, (parts) => {
      const line = singleLine(parts.join(''), MOST)
      expect(oneLineOrNothing(MOST).parse(line)).toBe(line)
    }),
    { numRuns: 2_000 },
  )
})

test('what hides is taken out, and what stands beside it stays as it was', () => {
  expect(singleLine('Do\u00ADnau\u200Edampf\u202E\r\nschiff', 80)).toBe('Donaudampf schiff')
  expect(singleLine(`Z${'\u0336'.repeat(9)}o`, 80)).toBe(`Z${'\u0336'.repeat(4)}o`)
  expect(singleLine('\u3164 \u200B', 80)).toBe('')
})

test.each([
  ['', 'must not be empty'],
  ['x'.repeat(MOST + 1), `must be at most ${MOST} characters`],
  ['a\u202Eb', 'must not contain control characters or characters that cannot be seen'],
  ['a\ud83d', 'must not contain half a surrogate pair'],
  [`Z${'\u0336'.repeat(5)}`, 'must not have more than 4 marks on a letter'],
  ['\u2800', 'must have something to be seen'],
])('%j is refused with a sentence', (text, says) => {
  for (const shape of text === '' ? [oneLine(MOST)] : [oneLine(MOST), oneLineOrNothing(MOST)])
    expect(shape.safeParse(text).error?.issues[0]).toMatchObject({ message: says })
})
