'use client'
import type { ConversationView } from '@parley/sync'
import { formatNumber, IconButton, type MenuItem, useUiLocale } from '@parley/ui'
import {
  ArrowLeft,
  CalendarSearch,
  EllipsisVertical,
  Info,
  LogOut,
  Search,
  UserPlus,
  Users,
} from 'lucide-react'
import { act } from '../api/client.ts'
import { tellFailure } from '../message/tell-failure.ts'
import { PresenceLine } from '../presence/person-status.tsx'
import { useMe } from '../session/use-sync.ts'
import { MenuButton } from '../shell/menu-button.tsx'
import { go } from '../shell/place.ts'
import { useShell } from '../shell/shell-context.ts'
import { shortcuts } from '../shell/use-shortcuts.ts'
import { ConversationIcon } from './conversation-icon.tsx'
import { OnlineCount } from './online-count.tsx'
import { isChannel, othersIn } from './titles.ts'

/** Which conversation this is, what it is about, who is in it. */
export function ConversationHeader({ mine, title }: { mine: ConversationView; title: string }) {
  const { conversation, membership } = mine
  const { panel, setPanel, open } = useShell()
  const { locale } = useUiLocale()
  const me = useMe()
  const channel = isChannel(conversation)
  const count = conversation.memberCount
  const members = `${formatNumber(count, locale)} ${count === 1 ? 'member' : 'members'}`
  const set = (change: { muted?: boolean; favourite?: boolean }) =>
    void act('conversations.setMine', { conversation: conversation.id, ...change }).catch(tellFailure)

  const items: MenuItem[] = [
    {
      kind: 'action',
      label: 'Jump to a day',
      icon: CalendarSearch,
      shortcut: shortcuts.jump.keys,
      onSelect: () => open({ kind: 'jump', conversation: conversation.id }),
    },
    { kind: 'separator' },
    {
      kind: 'toggle',
      label: 'Favourite',
      checked: membership.favourite,
      onToggle: (favourite) => set({ favourite }),
    },
    { kind: 'toggle', label: 'Muted', checked: membership.muted, onToggle: (muted) => set({ muted }) },
    ...(channel
      ? ([
          { kind: 'separator' },
          {
            kind: 'action',
            label: 'Channel details',
            icon: Info,
            onSelect: () => open({ kind: 'channel-details', conversation: conversation.id }),
          },
          {
            kind: 'action',
            label: 'Add people',
            icon: UserPlus,
            onSelect: () => open({ kind: 'invite', conversation: conversation.id }),
          },
          {
            kind: 'action',
            label: 'Leave channel',
            icon: LogOut,
            tone: 'danger',
            onSelect: () => open({ kind: 'leave', conversation: conversation.id }),
          },
        ] satisfies MenuItem[])
      : []),
  ]
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b ps-4 pe-2.5 max-md:ps-1">
      <IconButton
        label="Back to conversations"
        icon={ArrowLeft}
        className="md:hidden rtl:-scale-x-100"
        onClick={() => go('/')}
      />
      <span className="me-1.5 text-strong">
        <ConversationIcon conversation={conversation} me={me.id} present />
      </span>
      <h1 className="truncate font-semibold text-lg text-strong" dir="auto" title={title}>
        {title}
      </h1>
      {conversation.kind === 'direct' && (
        <PresenceLine
          person={othersIn(conversation, me.id)[0] ?? me.id}
          className="ms-2 min-w-0 flex-99 text-muted text-sm"
        />
      )}
      {conversation.topic && (
        <p
          className="ms-2 min-w-0 flex-99 truncate border-s ps-3 text-muted text-sm max-md:hidden"
          dir="auto"
          title={conversation.topic}
        >
          {conversation.topic}
        </p>
      )}
      <span className="flex-1" />
      {conversation.kind !== 'direct' && <OnlineCount conversation={conversation.id} />}
      {conversation.kind !== 'direct' && (
        <button
          type="button"
          aria-pressed={panel?.kind === 'people'}
          aria-label={`${members}: show them`}
          onClick={() => setPanel(panel?.kind === 'people' ? null : { kind: 'people' })}
          className="flex h-8 shrink-0 items-center gap-1.5 rounded-sm px-2 text-muted text-sm tabular-nums hover:bg-surface-2 hover:text-strong aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
        >
          <Users aria-hidden="true" className="size-4" />
          {formatNumber(count, locale)}
        </button>
      )}
      <IconButton
        label="Search messages"
        shortcut="Mod+Shift+F"
        icon={Search}
        aria-pressed={panel?.kind === 'search'}
        onClick={() =>
          setPanel(panel?.kind === 'search' ? null : { kind: 'search', within: conversation.id })
        }
      />
      <MenuButton
        items={items}
        trigger={(attributes) => (
          <IconButton label="More about this conversation" icon={EllipsisVertical} {...attributes} />
        )}
      />
    </header>
  )
}
