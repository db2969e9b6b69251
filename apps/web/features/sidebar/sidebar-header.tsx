'use client'
import { chosenAt } from '@parley/protocol/presence'
import type { MenuItem } from '@parley/ui'
import { Bell, ExternalLink, Keyboard, LogOut, MonitorSmartphone, Smile, UserRoundPen } from 'lucide-react'
import { tellFailure } from '../message/tell-failure.ts'
import { PresentAvatar } from '../people/person-name.tsx'
import { availabilityWords } from '../presence/availability-words.ts'
import { StatusMark } from '../presence/person-status.tsx'
import { useChosenPresence, useConnection, useSession } from '../session/use-sync.ts'
import { MenuButton } from '../shell/menu-button.tsx'
import { useShell } from '../shell/shell-context.ts'
import { shortcuts } from '../shell/use-shortcuts.ts'

const consoleItem = (address: string | null): MenuItem[] =>
  address
    ? [
        {
          kind: 'action',
          label: 'Open the console',
          icon: ExternalLink,
          onSelect: () => window.open(address, '_blank', 'noopener'),
        },
      ]
    : []

/** Whose installation this is, and what concerns me. */
export function SidebarHeader() {
  const { me, signOut } = useSession()
  const { open } = useShell()
  const leave = () => signOut().catch(tellFailure)
  const connection = useConnection()
  const chosen = useChosenPresence()
  const polls = connection.state === 'live' && connection.transport === 'poll'
  const items: MenuItem[] = [
    { kind: 'heading', label: me.email ?? me.name },
    ...(polls ? [{ kind: 'heading', label: 'Connected without WebSockets' } as const] : []),
    {
      kind: 'action',
      label: 'Availability and status',
      ...(chosen && { hint: availabilityWords[chosenAt(chosen, Date.now()).availability] }),
      icon: Smile,
      onSelect: () => open({ kind: 'presence' }),
    },
    {
      kind: 'action',
      label: 'Profile and theme',
      icon: UserRoundPen,
      onSelect: () => open({ kind: 'profile' }),
    },
    {
      kind: 'action',
      label: 'Notifications',
      icon: Bell,
      onSelect: () => open({ kind: 'notifications' }),
    },
    {
      kind: 'action',
      label: 'Where you are signed in',
      icon: MonitorSmartphone,
      onSelect: () => open({ kind: 'devices' }),
    },
    {
      kind: 'action',
      label: 'Keyboard shortcuts',
      icon: Keyboard,
      shortcut: shortcuts.help.keys,
      onSelect: () => open({ kind: 'shortcuts' }),
    },
    ...consoleItem(me.console),
    { kind: 'separator' },
    { kind: 'action', label: 'Sign out', icon: LogOut, onSelect: leave },
  ]
  return (
    <header className="flex h-13 shrink-0 items-center gap-2 px-3">
      <MenuButton
        align="start"
        items={items}
        trigger={(attributes) => (
          <button
            type="button"
            {...attributes}
            aria-label={`${me.name}: profile and settings`}
            className="-ms-1 flex min-w-0 flex-1 items-center gap-2.5 rounded-sm p-1 text-start hover:bg-surface-2 data-[state=open]:bg-surface-2"
          >
            <PresentAvatar id={me.id} size={28} />
            <span className="min-w-0">
              <span className="block truncate font-semibold text-strong leading-tight">
                {me.organisation || 'Parley'}
              </span>
              <span className="flex items-center gap-1 text-muted text-xs">
                <span className="truncate">{me.name}</span>
                <StatusMark person={me.id} />
              </span>
            </span>
          </button>
        )}
      />
    </header>
  )
}
