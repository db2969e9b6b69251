import type { ConversationView } from '@parley/sync'

export type Sections = {
  favourites: ConversationView[]
  channels: ConversationView[]
  people: ConversationView[]
}

const byName = (a: ConversationView, b: ConversationView) =>
  (a.conversation.name ?? '').localeCompare(b.conversation.name ?? '')
const byTime = (a: ConversationView, b: ConversationView) => b.conversation.lastAt - a.conversation.lastAt
const named = ({ conversation }: ConversationView) => conversation.name !== null

/** The list: channels by name, since one finds them by place; people by time, since one finds them by what happened. */
export function sectionsOf(all: readonly ConversationView[]): Sections {
  const open = all.filter(({ conversation }) => !conversation.archived)
  const favourites = open.filter(({ membership }) => membership.favourite)
  const rest = open.filter(({ membership }) => !membership.favourite)
  return {
    favourites: favourites.sort((a, b) => (named(a) && named(b) ? byName(a, b) : byTime(a, b))),
    channels: rest.filter(named).sort(byName),
    people: rest.filter((mine) => !named(mine)).sort(byTime),
  }
}

/** Muted conversations do not call for attention, except for mentions. */
export const isUnread = ({ unread, badge, membership }: ConversationView): boolean =>
  membership.muted ? badge > 0 && membership.mentionSeqs.length > 0 : unread > 0

/** Every row from top to bottom, for the keyboard. */
export function inOrder(all: readonly ConversationView[]): ConversationView[] {
  const { favourites, channels, people } = sectionsOf(all)
  return [...favourites, ...channels, ...people]
}

/** What the tab counts: mentions, and messages to me. */
export const badgeTotal = (all: readonly ConversationView[]): number =>
  all.reduce((sum, { badge }) => sum + badge, 0)
