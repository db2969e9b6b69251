import { badgeOf, unreadOf } from '@parley/protocol'
import type { Mine } from '../session/sync-port.ts'

export type Row = { mine: Mine; unread: number; badge: number }
export type Sections = { favourites: Row[]; channels: Row[]; people: Row[] }

const toRow = (mine: Mine): Row => ({
  mine,
  unread: mine.membership.muted ? 0 : unreadOf(mine.conversation, mine.membership),
  badge: badgeOf(mine.conversation, mine.membership),
})
const byName = (a: Row, b: Row) =>
  (a.mine.conversation.name ?? '').localeCompare(b.mine.conversation.name ?? '')
const byTime = (a: Row, b: Row) => b.mine.conversation.lastAt - a.mine.conversation.lastAt

/** The list: channels by name, since one finds them by place; people by time, since one finds them by what happened. */
export function sectionsOf(all: readonly Mine[]): Sections {
  const rows = all.filter(({ conversation }) => !conversation.archived).map(toRow)
  const favourites = rows.filter(({ mine }) => mine.membership.favourite)
  const rest = rows.filter(({ mine }) => !mine.membership.favourite)
  const named = (row: Row) => row.mine.conversation.name !== null
  return {
    favourites: favourites.sort((a, b) => (named(a) && named(b) ? byName(a, b) : byTime(a, b))),
    channels: rest.filter(named).sort(byName),
    people: rest.filter((row) => !named(row)).sort(byTime),
  }
}

/** Every row from top to bottom, for the keyboard. */
export function inOrder(all: readonly Mine[]): Row[] {
  const { favourites, channels, people } = sectionsOf(all)
  return [...favourites, ...channels, ...people]
}

/** What the tab counts: mentions, and messages to me. */
export const badgeTotal = (all: readonly Mine[]): number =>
  all.reduce((sum, { conversation, membership }) => sum + badgeOf(conversation, membership), 0)
