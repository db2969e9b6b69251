import type { ConversationView } from '@parley/sync'
import { expect, test } from 'vitest'
import { badgeTotal, inOrder, isUnread, sectionsOf } from '../features/sidebar/sections.ts'

function row(
  name: string | null,
  more: {
    at?: number
    archived?: boolean
    favourite?: boolean
    muted?: boolean
    unread?: number
    mentions?: number
  } = {},
): ConversationView {
  const { at = 0, archived = false, favourite = false, muted = false, unread = 0, mentions = 0 } = more
  return {
    conversation: { id: name ?? String(at), name, lastAt: at, archived },
    membership: { favourite, muted, mentionSeqs: Array.from({ length: mentions }, (_, n) => n) },
    unread,
    badge: name === null ? unread : mentions,
  } as unknown as ConversationView
}
const names = (rows: ConversationView[]) =>
  rows.map(({ conversation }) => conversation.name ?? conversation.lastAt)

test('channels stand by name, people by when they last spoke, favourites above both', () => {
  const all = [
    row(null, { at: 1 }),
    row('zoo'),
    row(null, { at: 9 }),
    row('ant'),
    row('pin', { favourite: true }),
  ]
  const { favourites, channels, people } = sectionsOf(all)
  expect(names(favourites)).toEqual(['pin'])
  expect(names(channels)).toEqual(['ant', 'zoo'])
  expect(names(people)).toEqual([9, 1])
  expect(names(inOrder(all))).toEqual(['pin', 'ant', 'zoo', 9, 1])
})

test('archived channels leave the list', () => {
  expect(inOrder([row('old', { archived: true })])).toEqual([])
})

test('a muted conversation is bold for a mention only', () => {
  expect(isUnread(row('a', { unread: 3 }))).toBe(true)
  expect(isUnread(row('a', { unread: 3, muted: true }))).toBe(false)
  expect(isUnread(row('a', { unread: 3, muted: true, mentions: 1 }))).toBe(true)
})

test('the tab counts what was said to me', () => {
  expect(badgeTotal([row('a', { unread: 5, mentions: 2 }), row(null, { unread: 3 })])).toBe(5)
})
