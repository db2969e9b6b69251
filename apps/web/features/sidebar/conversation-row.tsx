'use client'
import type { Id } from '@parley/protocol'
import type { ConversationView } from '@parley/sync'
import { CountBadge, classes } from '@parley/ui'
import { BellOff, PencilLine } from 'lucide-react'
import { memo } from 'react'
import { useHasDraft } from '../composer/drafts.ts'
import { ConversationIcon } from '../conversation/conversation-icon.tsx'
import { othersIn } from '../conversation/titles.ts'
import { StatusMark } from '../presence/person-status.tsx'
import { pathTo } from '../shell/place.ts'
import { PlaceLink } from '../shell/place-link.tsx'
import { isUnread } from './sections.ts'

/** The size of a row, whether it has come or not. */
export const rowShape = 'flex h-7 items-center gap-2 rounded-sm px-2 pointer-coarse:h-11'

export const ConversationRow = memo(function ConversationRow({
  mine,
  title,
  me,
  here,
}: {
  mine: ConversationView
  title: string
  me: Id
  here: boolean
}) {
  const { conversation, membership, badge } = mine
  const bold = isUnread(mine)
  const draft = useHasDraft(conversation.id) && !here
  return (
    <PlaceLink
      href={pathTo(conversation.id)}
      aria-current={here ? 'page' : undefined}
      title={title}
      className={classes(
        rowShape,
        here
          ? 'bg-accent-soft text-accent-text [--behind:var(--color-accent-soft)]'
          : bold
            ? 'text-strong hover:bg-surface-2 hover:[--behind:var(--color-surface-2)]'
            : 'text-normal hover:bg-surface-2 hover:[--behind:var(--color-surface-2)]',
        bold && 'font-semibold',
        membership.muted && !here && 'text-muted',
      )}
    >
      <ConversationIcon conversation={conversation} me={me} present />
      <span className="flex min-w-0 flex-1 items-center gap-1.5">
        <span className="truncate" dir="auto">
          {title}
        </span>
        {conversation.kind === 'direct' && <StatusMark person={othersIn(conversation, me)[0] ?? me} />}
      </span>
      {draft && <PencilLine aria-label="Draft" className="size-3.5 shrink-0 text-muted" />}
      {membership.muted && <BellOff aria-label="Muted" className="size-3.5 shrink-0 text-muted" />}
      <CountBadge
        count={badge}
        label={
          conversation.name === null ? `${badge} unread` : badge === 1 ? '1 mention' : `${badge} mentions`
        }
      />
      {bold && badge === 0 && <span className="sr-only">{mine.unread} unread</span>}
    </PlaceLink>
  )
})
