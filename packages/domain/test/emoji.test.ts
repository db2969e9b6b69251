import { zEmoji } from '@parley/domain/emoji'
import { expect, test } from 'vitest'
import { emojiGroups } from '../../../apps/web/features/emoji/table.ts'

const isEmoji = (text: string) => zEmoji.safeParse(text).success

const taken: [string, string[]][] = [
  [
    'one emoji',
    [
      '👍',
      '⛵',
      '©️',
      '☝🏽',
      '👩‍👩‍👧‍👦',
      '👩🏻‍❤️‍💋‍👨🏿',
      '🇩🇪',
      '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
      '1️⃣',
    ],
  ],
  ['one that a keyboard qualified otherwise', ['❤', '⛵\uFE0F', '🤷‍♂', '🏳‍🌈', '👁‍🗨', '1\u20E3', '✔']],
  ['one that is younger than our tables', ['\u{1F8FF}']],
  [
    'a short name',
    ['tada', ':tada:', '+1', '-1', '100', 'star-struck', 'partyparrot', '__proto__', 'x'.repeat(64)],
  ],
  ['a short name with the colour of a skin', ['thumbsup::skin-tone-3', ':thumbsup::skin-tone-6:']],
]
test.each(taken)('%s is an emoji', (_, texts) => {
  for (const text of texts) expect(isEmoji(text), text).toBe(true)
})

test('so is each that the web client offers', () => {
  const offered = emojiGroups.flatMap(({ emoji }) => emoji)
  expect(offered.length).toBeGreaterThan(100)
  for (const [symbol, names] of offered)
    for (const text of [symbol, ...names.split(' ')]) expect(isEmoji(text), text).toBe(true)
})

const refused: [string, string[]][] = [
  [
    'a text that poses as a name',
    ['✔verified-Olivia-Harbour(owner)', 'Olivia', '✔a', 'a✔', '✔:a:', 'a.b', 'é'],
  ],
  ['two emoji', ['👍👍', '⛵\u200D⛵', '👍\u200B', '👍\uFE0F\uFE0F', '🇩🇪🇩']],
  ['a wide row', ['\uFDFD', '\uFDFD'.repeat(64), '꧅', '𒐫']],
  ['what turns the line round', ['\u202E', 'a\u202Eb', '👍\u202E', '\u200F👍']],
  ['a stack of marks', [`Z${'\u0336'.repeat(56)}`, '👍\u0336', `1${'\u20E3'.repeat(9)}`]],
  ['half a character', ['\ud83d', '\udc4d', '👍\ud83d']],
  ['what cannot be seen', ['', '\uFE0F', '\u200D', '\u{E0061}', '\u3164', '🇩', '🏴\u{E0061}', '👍\u{E0061}']],
  ['a letter, digit or sign that is none', ['A', '1\uFE0F', '#', '*', '!', '%']],
  ['a half or a strange name', [':tada', 'tada:', '::', 'a:b', 'a::b', 'tada::skin-tone-7', 'x'.repeat(65)]],
]
test.each(refused)('%s is none', (_, texts) => {
  for (const text of texts) expect(isEmoji(text), JSON.stringify(text)).toBe(false)
})
