import fc from 'fast-check'

/**
 * Values that nobody's client sends, made from some that may be sent: JSON text, since some of it (`__proto__`, depth,
 * numbers past every type) no JavaScript value holds.
 */

/** Stands for JSON that is written as it is. */
class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const NUMBERS = [-1, -0, 0.5, 1e308, -1e308, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 63)]
const TEXTS = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\udc00x', '\u202etxt', '\ufeff', '\u200b', '\uffff', '\r\n'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'NaN',
    'Infinity',
    '-1',
    '1e3',
    '0x10',
    '１２',
  ],
  ...[
    '9223372036854775807',
    '9223372036854775808',
    '18446744073709551616',
    '00',
    ' 1',
    '1 ',
    '-9223372036854775808',
  ],
  ...['2026-02-30', '0000-00-00T00:00:00Z', '+275760-09-13T00:00:00.001Z', '9999-12-31T23:59:60Z', '-1-1-1'],
  ...["'; --", '\\', '%00', '%ff', '../../etc/passwd', '{{7*7}}', '%s%n', '<script>', 'javascript:alert(1)'],
  ...['\u0130\u0131\u00df', `e${'\u0301'.repeat(500)}`, '\ud83d\udc69\u200d\ud83d\udc66'.repeat(50), 'null'],
  ...['bnVsbA', 'W10', 'eyJfX3Byb3RvX18iOjF9', 'MWUzMDg', 'Ii0xIg', 'WyIxIiwiMSJd'],
]
const LONG = [1_001, 20_001, 100_000, 300_000].flatMap((n) =>
  ['x', '\u00e9', '\\', '<@1>', '1', ' ', '('].map((sign) => sign.repeat(n).slice(0, n)),
)

const nested = (open: string, depth: number, close: string, inside = '') =>
  new Raw(open.repeat(depth) + inside + close.repeat(depth))
const RAWS = [
  ...[
    '{"__proto__":{"role":"owner"}}',
    '{"constructor":{"prototype":{"role":"owner"}}}',
    '{"toString":1,"valueOf":1}',
  ],
  ...[
    '{"toJSON":"x"}',
    '{"length":4294967295}',
    '{"then":"x"}',
    '{"0":1,"length":1}',
    '[[]]',
    '{}',
    '[]',
    'null',
  ],
  ...['1e999', '-1e999', '123456789012345678901234567890', '1e-999', 'true', '{"a":1,"a":2}'],
].map((text) => new Raw(text))
const DEEP = [nested('[', 1_000, ']'), nested('[', 50_000, ']'), nested('{"a":', 50_000, '}', '0')]
const CROWDS = ['"1"', 'null', '{}', '[]', '0', '""'].map(
  (one) => new Raw(`[${Array(100_000).fill(one).join(',')}]`),
)

/** Texts that are hostile wherever one is read. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 14, arbitrary: hostileText },
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...RAWS) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...DEEP, ...CROWDS) },
)

type Change = { at: number; how: number; value: unknown }
const change: fc.Arbitrary<Change> = fc.record({ at: fc.nat(), how: fc.nat(9), value: hostile })

/** The JSON of `value`, with a place or two of it made hostile. */
export const hostileJson = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .tuple(value, fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([start, changes]) => jsonText(changes.reduce<unknown>(changed, start)))

/** The JSON of `value` as it is. */
export const plainJson = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> => value.map(jsonText)

const KEYS = ['__proto__', 'constructor', 'prototype', 'role', 'actor', 'id', '', 'a\u0000']

function changed(value: unknown, { at, how, value: evil }: Change): unknown {
  if (value instanceof Raw || typeof value !== 'object' || value === null) return evil
  const keys = Object.keys(value)
  const isWhole = keys.length === 0 || at % (4 * keys.length + 1) === 0
  if (isWhole && how < 3) return evil
  if (isWhole || how === 9)
    return Array.isArray(value) ? [...value, evil] : withKey(value, KEYS[at % KEYS.length]!, evil)
  const key = keys[at % keys.length]!
  if (how === 8)
    return Array.isArray(value)
      ? value.slice(1)
      : Object.fromEntries(Object.entries(value).filter(([k]) => k !== key))
  const inner = changed(value[key as keyof typeof value], {
    at: Math.floor(at / keys.length),
    how,
    value: evil,
  })
  return Array.isArray(value) ? value.with(Number(key), inner) : withKey(value, key, inner)
}

/** Also `__proto__` becomes a key of its own, as in what JSON.parse makes. */
const withKey = (object: object, key: string, value: unknown): object =>
  Object.defineProperty({ ...object }, key, { value, enumerable: true, configurable: true, writable: true })

function jsonText(value: unknown): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return `[${value.map((one) => jsonText(one)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined)
    return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${jsonText(one)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
