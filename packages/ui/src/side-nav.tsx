'use client'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Link } from './link.tsx'

export type SideNavItem = { href: string; label: string; icon: LucideIcon; end?: ReactNode }
export type SideNavGroup = { heading?: string; items: ReadonlyArray<SideNavItem> }

/** Groups of places; the one that is open is marked for eyes and for screen readers. */
export function SideNav({
  label,
  groups,
  current,
  className,
}: {
  label: string
  groups: ReadonlyArray<SideNavGroup>
  /** The path that is open; the longest item that begins it is marked. */
  current: string
  className?: string
}) {
  const active = groups
    .flatMap((group) => group.items.map((item) => item.href))
    .filter((href) => current === href || current.startsWith(href === '/' ? '//' : `${href}/`))
    .reduce((longest, href) => (href.length > longest.length ? href : longest), '')
  return (
    <nav aria-label={label} className={classes('flex flex-col gap-4', className)}>
      {groups.map((group) => (
        <div key={group.heading ?? group.items[0]?.href}>
          {group.heading && <h2 className="px-2.5 pb-1 font-medium text-muted text-xs">{group.heading}</h2>}
          <ul className="flex flex-col gap-px">
            {group.items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={item.href === active ? 'page' : undefined}
                  className="group flex h-8 items-center gap-2.5 rounded-sm px-2.5 text-normal transition-colors hover:bg-surface-2 hover:text-strong aria-[current=page]:bg-surface-3 aria-[current=page]:font-medium aria-[current=page]:text-strong pointer-coarse:h-10"
                >
                  <item.icon
                    aria-hidden="true"
                    className="size-4 shrink-0 text-muted group-aria-[current=page]:text-accent-text"
                  />
                  <span className="flex-1 truncate">{item.label}</span>
                  {item.end}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
