'use client'
import { classes } from '@parley/ui'
import { useEffect, useMemo, useState } from 'react'
import { ConversationView } from '../conversation/conversation-view.tsx'
import { useConnection } from '../session/use-sync.ts'
import { Sidebar } from '../sidebar/sidebar.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { fetched, fetchTheRest } from './fetched.tsx'
import { useLastPlace } from './last-place.ts'
import { NothingHere } from './nothing-here.tsx'
import { go, pathTo, usePlace } from './place.ts'
import { type OpenDialog, type Panel, type Shell, ShellContext } from './shell-context.ts'
import { StartView } from './start-view.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useTitle } from './use-title.ts'

/** Neither is needed to read and write: both are fetched when they are first opened, or at rest. */
const SidePanels = fetched(() => import('./side-panels.tsx').then((file) => file.SidePanels))
const Dialogs = fetched(() => import('./dialogs.tsx').then((file) => file.Dialogs))

/** Connected for so long, a visit has all that it waits for, as a rule. */
const AT_REST_MS = 4_000

/** The three panes. On a phone one of them: the list, the conversation, or what stands beside it. */
export function AppShell() {
  const place = usePlace()
  const inside = place.at === 'conversation' ? place : null
  const [beside, setBeside] = useState<Panel>(null)
  const [dialog, open] = useState<OpenDialog | null>(null)
  // there is room for one: a panel that is opened ends the thread, and a thread that is closed leaves what it covered
  const threadIn = inside?.root ? inside.conversation : null
  const shell = useMemo<Shell>(
    () => ({
      panel: threadIn ? null : beside,
      setPanel(panel) {
        setBeside(panel)
        if (panel && threadIn) go(pathTo(threadIn))
      },
      open,
    }),
    [beside, threadIn],
  )
  useShortcuts(place, shell)
  useTitle(place)
  useLastPlace(place)
  const live = useConnection().state === 'live'
  useEffect(() => {
    if (!live) return
    const timer = setTimeout(fetchTheRest, AT_REST_MS)
    return () => clearTimeout(timer)
  }, [live])

  return (
    <ShellContext value={shell}>
      <div className="relative flex h-dvh flex-col overflow-hidden">
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
          {(beside || threadIn) && <SidePanels place={place} panel={beside} />}
        </div>
        {dialog && <Dialogs dialog={dialog} onClose={() => open(null)} />}
      </div>
    </ShellContext>
  )
}
