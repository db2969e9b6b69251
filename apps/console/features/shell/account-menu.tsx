'use client'
import { Avatar, Menu, ThemeToggle } from '@parley/ui'
import { ExternalLink, LogOut } from 'lucide-react'
import { signOut } from '../entry/enter.ts'
import { ROLE_NAMES } from '../people/words.ts'
import { useMe } from '../session/use-me.ts'
import { useWebClient } from './web-client.tsx'

/** Who I am here, the way to the web client, and the way out. */
export function AccountMenu() {
  const me = useMe()
  const web = useWebClient()
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t p-2">
      <Menu
        side="top"
        align="start"
        trigger={
          <button
            type="button"
            className="flex min-w-0 basis-full items-center gap-2.5 rounded-sm p-1.5 text-start hover:bg-surface-2"
          >
            <Avatar id={me.id} name={me.name} size={28} />
            <span className="min-w-0">
              <span className="block truncate font-medium text-strong leading-tight">{me.name}</span>
              <span className="block truncate text-muted text-xs">{ROLE_NAMES[me.role]}</span>
            </span>
          </button>
        }
        items={[
          {
            kind: 'action',
            label: 'Open the web client',
            icon: ExternalLink,
            onSelect: () => window.open(web, '_blank', 'noopener'),
          },
          { kind: 'separator' },
          { kind: 'action', label: 'Sign out', icon: LogOut, onSelect: signOut },
        ]}
      />
      <ThemeToggle />
    </div>
  )
}
