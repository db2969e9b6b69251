'use client'
import { Button, classes, IconButton } from '@parley/ui'
import { Compass, Plus, Search, SquarePen } from 'lucide-react'
import { useMemo } from 'react'
import { useTitles } from '../conversation/titles.ts'
import { useConversations, useReady } from '../session/use-sync.ts'
import { usePlace } from '../shell/place.ts'
import { useShell } from '../shell/shell-context.ts'
import { shortcuts } from '../shell/use-shortcuts.ts'
import { RowSkeletons } from './row-skeletons.tsx'
import { sectionsOf } from './sections.ts'
import { SidebarHeader } from './sidebar-header.tsx'
import { SidebarSection } from './sidebar-section.tsx'

/** Every conversation I am in. Only what matters is bold. */
export function Sidebar({ className }: { className?: string }) {
  const { open } = useShell()
  const ready = useReady()
  const all = useConversations()
  const sections = useMemo(() => sectionsOf(all), [all])
  const titles = useTitles(all.map((mine) => mine.conversation))
  const place = usePlace()
  const here = place.at === 'conversation' ? place.conversation : null
  const rows = { titles, here }

  return (
    <nav
      aria-label="Conversations"
      className={classes(
        'flex min-h-0 w-full flex-col border-e bg-surface-1 [--behind:var(--color-surface-1)] md:w-65 md:shrink-0',
        className,
      )}
    >
      <SidebarHeader />
      <div className="flex gap-1.5 px-3 pb-2">
        <button
          type="button"
          onClick={() => open({ kind: 'palette' })}
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-sm border bg-surface-0 px-2.5 text-muted hover:border-line-strong pointer-coarse:h-10"
        >
          <Search aria-hidden="true" className="size-4 shrink-0" />
          <span className="truncate">Go to…</span>
        </button>
        <IconButton
          label="New message"
          icon={SquarePen}
          variant="outlined"
          onClick={() => open({ kind: 'new-message' })}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4">
        {ready ? (
          <>
            {sections.favourites.length > 0 && (
              <SidebarSection name="Favourites" rows={sections.favourites} {...rows} />
            )}
            <SidebarSection
              name="Channels"
              rows={sections.channels}
              {...rows}
              actions={
                <>
                  <IconButton
                    label="Browse channels"
                    size="small"
                    icon={Compass}
                    onClick={() => open({ kind: 'browse-channels' })}
                  />
                  <IconButton
                    label="Create a channel"
                    size="small"
                    icon={Plus}
                    onClick={() => open({ kind: 'create-channel' })}
                  />
                </>
              }
              empty={
                <Button
                  size="small"
                  variant="quiet"
                  icon={Compass}
                  onClick={() => open({ kind: 'browse-channels' })}
                >
                  Find channels to join
                </Button>
              }
            />
            <SidebarSection
              name="Direct messages"
              rows={sections.people}
              {...rows}
              actions={
                <IconButton
                  label="Write to somebody"
                  size="small"
                  icon={Plus}
                  onClick={() => open({ kind: 'new-message' })}
                />
              }
              empty={
                <Button
                  size="small"
                  variant="quiet"
                  icon={SquarePen}
                  onClick={() => open({ kind: 'new-message' })}
                >
                  Write to somebody
                </Button>
              }
            />
          </>
        ) : (
          <RowSkeletons />
        )}
      </div>
      <p className="shrink-0 border-t px-4 py-2 text-muted text-xs pointer-coarse:hidden">
        <button type="button" className="hover:text-strong" onClick={() => open({ kind: 'shortcuts' })}>
          Keyboard shortcuts · {shortcuts.help.keys.replace('Mod', 'Ctrl')}
        </button>
      </p>
    </nav>
  )
}
