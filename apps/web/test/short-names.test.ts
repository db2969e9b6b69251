import { expect, it } from 'vitest'
import { shownEmoji, symbolFor } from '../features/emoji/short-names.ts'

it('shows an emoji as it is, and a short name as the one that it names', () => {
  for (const emoji of ['👍', '❤️', '1️⃣', '1\u20E3', '🇩🇪', '✔verified', '\uFDFD'.repeat(3), 'Z\u0336!'])
    expect([symbolFor(emoji), shownEmoji(emoji)]).toEqual([emoji, emoji])
  expect(['tada', ':tada:', '+1', '100'].map(shownEmoji)).toEqual(['🎉', '🎉', '👍', '💯'])
})

it('shows the colour of a skin', () => {
  expect(['wave::skin-tone-2', ':+1::skin-tone-6:', 'point_up::skin-tone-4'].map(shownEmoji)).toEqual([
    '👋🏻',
    '👍🏿',
    '☝🏽',
  ])
})

it('shows a name that it does not know as one, and has no sign for it', () => {
  for (const name of ['partyparrot', ':partyparrot:', 'ありがとう', 'constructor', 'party::skin-tone-3'])
    expect([symbolFor(name), shownEmoji(name)]).toEqual([null, `:${name.replaceAll(/^:|:$/g, '')}:`])
})
