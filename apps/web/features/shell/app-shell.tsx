'use client'
import { classes } from '@parley/ui'
import { useMemo, useState } from 'react'
import { ConversationView } from '../conversation/conversation-view.tsx'
import { MembersPanel } from '../people/members-panel.tsx'
import { SearchPanel } from '../search/search-panel.tsx'
import { Sidebar } from '../sidebar/sidebar.tsx'
import { ThreadPanel } from '../thread/thread-panel.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { Dialogs } from './dialogs.tsx'
import { NothingHere } from './nothing-here.tsx'
import { go, pathTo, usePlace } from './place.ts'
import { type OpenDialog, type Panel, type Shell, ShellContext } from './shell-context.ts'
import { StartView } from './start-view.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useTitle } from './use-title.ts'

/** The three panes. On a phone one of them: the list, the conversation, or what stands beside it. */
export function AppShell() {
  const place = usePlace()
  const [panel, setPanel] = useState<Panel>(null)
  const [dialog, open] = useState<OpenDialog | null>(null)
  const shell = useMemo<Shell>(() => ({ panel, setPanel, open }), [panel])
  useShortcuts(place, shell)
  useTitle(place)
  const inside = place.at === 'conversation' ? place : null

  return (
    <ShellContext value={shell}>
      <div className="flex h-dvh flex-col overflow-hidden">
        <ConnectionBanner />
        <div className="flex min-h-0 flex-1">
          <Sidebar className={classes(inside && 'max-md:hidden')} />
          <main className={classes('flex min-w-0 flex-1 flex-col', !inside && 'max-md:hidden')}>
            {place.at === 'start' && <StartView />}
            {place.at === 'nowhere' && <NothingHere />}
            {inside && (
              <ConversationView
                key={inside.conversation}
                conversation={inside.conversation}
                target={inside.ordinal}
              />
            )}
          </main>
          {inside?.root && (
            <ThreadPanel
              key={inside.root}
              conversation={inside.conversation}
              root={inside.root}
              onClose={() => go(pathTo(inside.conversation))}
            />
          )}
          {panel?.kind === 'search' && !inside?.root && <SearchPanel within={panel.within} />}
          {panel?.kind === 'people' && inside && !inside.root && (
            <MembersPanel conversation={inside.conversation} />
          )}
        </div>
        <Dialogs dialog={dialog} onClose={() => open(null)} />
      </div>
    </ShellContext>
  )
}
