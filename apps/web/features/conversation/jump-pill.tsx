'use client'
import { unreadOf } from '@parley/protocol/model'
import type { ConversationView } from '@parley/sync'
import { formatNumber, useUiLocale } from '@parley/ui'
import { ArrowDown } from 'lucide-react'

/** Back to the present, and how much is new there. */
export function JumpPill({ mine, onJump }: { mine: ConversationView; onJump: () => void }) {
  const { locale } = useUiLocale()
  const unread = unreadOf(mine.conversation, mine.membership)
  return (
    <button
      type="button"
      onClick={onJump}
      className="absolute bottom-3 left-1/2 z-10 flex h-8 -translate-x-1/2 animate-rise-in items-center gap-1.5 rounded-full bg-float px-3.5 font-medium text-sm text-strong shadow-float hover:bg-highlight pointer-coarse:h-10"
    >
      <ArrowDown aria-hidden="true" className="size-4" />
      {unread > 0
        ? `${formatNumber(unread, locale)} new ${unread === 1 ? 'message' : 'messages'}`
        : 'Jump to the present'}
    </button>
  )
}
