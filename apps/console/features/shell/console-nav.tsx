'use client'
import { Kbd, Logo, SideNav } from '@parley/ui'
import { Search } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useMe } from '../session/use-me.ts'
import { AccountMenu } from './account-menu.tsx'
import { GROUPS, pagesFor } from './navigation.ts'

/** Every page that this person may see, in its groups. */
export function ConsoleNav({ onPalette }: { onPalette: () => void }) {
  const me = useMe()
  const path = usePathname()
  const pages = pagesFor(me.permissions)
  const groups = GROUPS.map((group) => ({
    heading: group === 'start' ? undefined : group,
    items: pages
      .filter((page) => page.group === group)
      .map(({ path: href, title: label, icon }) => ({ href, label, icon })),
  })).filter((group) => group.items.length > 0)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-13 shrink-0 items-center gap-2.5 px-4 max-md:px-2">
        <Logo label="Parley" className="size-6" />
        <div className="min-w-0">
          <div className="truncate font-semibold text-strong leading-tight">{me.organisation}</div>
          <div className="text-muted text-xs">Console</div>
        </div>
      </div>
      <div className="px-2 pb-3">
        <button
          type="button"
          onClick={onPalette}
          className="flex h-8 w-full items-center gap-2.5 rounded-sm border bg-surface-0 px-2.5 text-muted hover:text-strong pointer-coarse:h-10"
        >
          <Search aria-hidden="true" className="size-4" />
          <span className="flex-1 text-start">Go to…</span>
          <Kbd keys="Mod+K" />
        </button>
      </div>
      <SideNav
        label="Console"
        groups={groups}
        current={path}
        className="min-h-0 flex-1 overflow-y-auto px-2"
      />
      <AccountMenu />
    </div>
  )
}
