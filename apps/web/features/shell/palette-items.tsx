'use client'
import type { Conversation, Id } from '@parley/protocol'
import { Avatar, type PaletteItem } from '@parley/ui'
import {
  Bell,
  Compass,
  Keyboard,
  LogOut,
  MonitorSmartphone,
  Plus,
  Search,
  Smile,
  SquarePen,
  UserRoundPen,
} from 'lucide-react'
import { act } from '../api/client.ts'
import type { PersonCard } from '../api/procedures.ts'
import { ConversationIcon } from '../conversation/conversation-icon.tsx'
import { tellFailure } from '../message/tell-failure.ts'
import type { Session } from '../session/use-sync.ts'
import { go, pathTo } from './place.ts'
import type { Shell } from './shell-context.ts'
import { shortcuts } from './use-shortcuts.ts'

export const conversationItems = (
  found: { conversation: Conversation; title: string }[],
  me: Id,
): PaletteItem[] =>
  found.map(({ conversation, title }) => ({
    id: `conversation ${conversation.id}`,
    label: title,
    hint: conversation.topic,
    start: (
      <span className="grid w-6 shrink-0 place-items-center">
        <ConversationIcon conversation={conversation} me={me} />
      </span>
    ),
    onSelect: () => go(pathTo(conversation.id)),
  }))

export const personItems = (people: PersonCard[]): PaletteItem[] =>
  people.map((person) => ({
    id: `person ${person.id}`,
    label: person.name,
    hint: person.title,
    start: <Avatar id={person.id} name={person.name} size={24} decorative />,
    onSelect: () =>
      void act('conversations.openDirect', { people: [person.id] })
        .then(({ id }) => go(pathTo(id)))
        .catch(tellFailure),
  }))

export function actionItems({ open, setPanel }: Shell, { signOut }: Session): PaletteItem[] {
  const items: Omit<PaletteItem, 'id'>[] = [
    {
      label: 'Search messages',
      icon: Search,
      shortcut: shortcuts.search.keys,
      onSelect: () => setPanel({ kind: 'search' }),
    },
    { label: 'New message', icon: SquarePen, onSelect: () => open({ kind: 'new-message' }) },
    { label: 'Browse channels', icon: Compass, onSelect: () => open({ kind: 'browse-channels' }) },
    { label: 'Create a channel', icon: Plus, onSelect: () => open({ kind: 'create-channel' }) },
    {
      label: 'Availability and status',
      keywords: ['online', 'busy', 'do not disturb', 'invisible', 'away'],
      icon: Smile,
      onSelect: () => open({ kind: 'presence' }),
    },
    {
      label: 'Profile and theme',
      keywords: ['settings'],
      icon: UserRoundPen,
      onSelect: () => open({ kind: 'profile' }),
    },
    {
      label: 'Notifications',
      keywords: ['settings'],
      icon: Bell,
      onSelect: () => open({ kind: 'notifications' }),
    },
    { label: 'Where you are signed in', icon: MonitorSmartphone, onSelect: () => open({ kind: 'devices' }) },
    {
      label: 'Keyboard shortcuts',
      icon: Keyboard,
      shortcut: shortcuts.help.keys,
      onSelect: () => open({ kind: 'shortcuts' }),
    },
    { label: 'Sign out', icon: LogOut, onSelect: () => void signOut().catch(tellFailure) },
  ]
  return items.map((item) => ({ id: `action ${item.label}`, ...item }))
}
