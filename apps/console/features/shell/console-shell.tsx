'use client'
import { IconButton, Logo, Sheet } from '@parley/ui'
import { Menu, Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useMe } from '../session/use-me.ts'
import { ConsoleNav } from './console-nav.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const Palette = dynamic(() => import('./palette.tsx').then((file) => file.Palette))

/** Navigation at the side, or behind a button on a phone; the page beside it. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const me = useMe()
  const path = usePathname()
  const [menuFor, setMenuFor] = useState<string | null>(null)
  const [palette, setPalette] = useState(false)
  useShortcuts(() => setPalette(true))

  return (
    <div className="flex h-full flex-col bg-surface-1 md:flex-row">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-sm focus:bg-float focus:px-3 focus:py-2"
      >
        To the page
      </a>
      <header className="flex h-13 shrink-0 items-center gap-2 border-b bg-surface-0 px-2 md:hidden">
        <IconButton label="Menu" icon={Menu} onClick={() => setMenuFor(path)} />
        <Logo label="Parley" className="size-6" />
        <span className="min-w-0 flex-1 truncate font-semibold text-strong">{me.organisation}</span>
        <IconButton label="Go to" icon={Search} onClick={() => setPalette(true)} />
      </header>
      <div className="flex w-60 shrink-0 flex-col border-e max-md:hidden">
        <ConsoleNav onPalette={() => setPalette(true)} />
      </div>
      {/* Closed by going somewhere: it was opened for the path that is left. */}
      <Sheet
        open={menuFor === path}
        onOpenChange={(open) => setMenuFor(open ? path : null)}
        title="Menu"
        titleHidden
        side="start"
        width="narrow"
      >
        <ConsoleNav
          onPalette={() => {
            setMenuFor(null)
            setPalette(true)
          }}
        />
      </Sheet>
      <div id="page" className="flex min-h-0 min-w-0 flex-1 bg-surface-0">
        {children}
      </div>
      {palette && <Palette onClose={() => setPalette(false)} />}
    </div>
  )
}
