'use client'
import type { Conversation, Id } from '@parley/protocol'
import { useNames } from '../people/people-store.ts'
import { useMe } from '../session/use-sync.ts'

export type Titles = { me: Id; nameOf: (id: Id) => string }

/** Names for direct and group conversations, which are called after the people in them. */
export function useTitles(conversations: readonly Conversation[]): Titles {
  const me = useMe().id
  const nameOf = useNames(conversations.flatMap((c) => (c.name === null ? c.people : [])))
  return { me, nameOf }
}

/** Everybody in it but me; me alone in a conversation with myself. */
export function othersIn(conversation: Conversation, me: Id): Id[] {
  const others = conversation.people.filter((person) => person !== me)
  return others.length > 0 ? others : [me]
}

export function titleOf(conversation: Conversation, { me, nameOf }: Titles): string {
  if (conversation.name !== null) return conversation.name
  const others = othersIn(conversation, me)
  if (others.length === 1 && others[0] === me) return `${nameOf(me)} (you)`
  return new Intl.ListFormat(undefined, { type: 'unit', style: 'short' }).format(others.map(nameOf))
}

export const isChannel = ({ kind }: Conversation) => kind === 'public' || kind === 'private'
