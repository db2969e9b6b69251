'use client'
import type { Id } from '@parley/protocol'
import type { ConversationView } from '@parley/sync'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type Titles, titleOf } from '../conversation/titles.ts'
import { ConversationRow } from './conversation-row.tsx'
import { isUnread } from './sections.ts'

/** Folded, it still shows what is unread and where one is. */
export function SidebarSection({
  name,
  rows,
  titles,
  here,
  actions,
  empty,
}: {
  name: string
  rows: ConversationView[]
  titles: Titles
  here: Id | null
  actions?: ReactNode
  empty?: ReactNode
}) {
  const [open, setOpen] = useState(true)
  const shown = open ? rows : rows.filter((row) => isUnread(row) || row.conversation.id === here)
  return (
    <section aria-label={name} className="group/section pt-3">
      <header className="flex h-7 items-center gap-1 ps-1 pe-0.5">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-1 rounded-sm px-1 text-muted text-sm hover:text-strong"
        >
          <ChevronDown
            aria-hidden="true"
            className={open ? 'size-3.5' : 'size-3.5 -rotate-90 rtl:rotate-90'}
          />
          <span className="truncate font-medium">{name}</span>
        </button>
        <span className="flex opacity-0 transition-opacity focus-within:opacity-100 group-hover/section:opacity-100 pointer-coarse:opacity-100">
          {actions}
        </span>
      </header>
      {rows.length === 0 ? (
        <div className="ps-1">{empty}</div>
      ) : (
        <ul className="flex flex-col gap-px">
          {shown.map((row) => (
            <li key={row.conversation.id}>
              <ConversationRow
                mine={row}
                title={titleOf(row.conversation, titles)}
                me={titles.me}
                here={row.conversation.id === here}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
