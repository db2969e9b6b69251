'use client'
import { classes, CountBadge } from '@parley/ui'
import { BellOff, PencilLine } from 'lucide-react'
import { memo } from 'react'
import { useHasDraft } from '../composer/drafts.ts'
import { ConversationIcon } from '../conversation/conversation-icon.tsx'
import { type Titles, titleOf } from '../conversation/titles.ts'
import { PlaceLink } from '../shell/place-link.tsx'
import { pathTo } from '../shell/place.ts'
import type { Row } from './sections.ts'

export const ConversationRow = memo(function ConversationRow({
  row: { mine, unread, badge },
  titles,
  here,
}: {
  row: Row
  titles: Titles
  here: boolean
}) {
  const { conversation, membership } = mine
  const draft = useHasDraft(conversation.id) && !here
  const title = titleOf(conversation, titles)
  return (
    <PlaceLink
      href={pathTo(conversation.id)}
      aria-current={here ? 'page' : undefined}
      title={title}
      className={classes(
        'flex h-7 items-center gap-2 rounded-sm px-2 pointer-coarse:h-11',
        here
          ? 'bg-accent-soft text-accent-text'
          : unread > 0
            ? 'text-strong hover:bg-surface-2'
            : 'text-normal hover:bg-surface-2',
        unread > 0 && 'font-semibold',
        membership.muted && !here && 'text-muted',
      )}
    >
      <ConversationIcon conversation={conversation} me={titles.me} />
      <span className="min-w-0 flex-1 truncate" dir="auto">
        {title}
      </span>
      {draft && <PencilLine aria-label="Draft" className="size-3.5 shrink-0 text-muted" />}
      {membership.muted && <BellOff aria-label="Muted" className="size-3.5 shrink-0 text-muted" />}
      <CountBadge
        count={badge}
        label={conversation.name === null ? `${badge} unread` : badge === 1 ? '1 mention' : `${badge} mentions`}
      />
      {unread > 0 && badge === 0 && <span className="sr-only">{unread} unread</span>}
    </PlaceLink>
  )
})
