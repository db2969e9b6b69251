'use client'
import type { ConversationView } from '@parley/sync'
import { Button, formatTime, useUiLocale } from '@parley/ui'
import { UserPlus } from 'lucide-react'
import { useMe } from '../session/use-sync.ts'
import { useShell } from '../shell/shell-context.ts'
import { ConversationIcon } from './conversation-icon.tsx'
import { isChannel } from './titles.ts'

/** Above the first message: what this is and since when, or that older messages are gone. */
export function HistoryStart({ mine, title }: { mine: ConversationView; title: string }) {
  const { conversation } = mine
  const { locale, timeZone } = useUiLocale()
  const { open } = useShell()
  const me = useMe()
  if (conversation.floor > 0)
    return (
      <p className="px-5 pt-6 pb-3 text-center text-muted text-sm">
        Older messages were removed by the retention policy of your organisation.
      </p>
    )
  const since = formatTime(new Date(conversation.createdAt), 'short', locale, timeZone)
  return (
    <div className="flex flex-col items-start gap-1.5 px-5 pt-10 pb-4 max-sm:px-3">
      <h2 className="flex items-center gap-2 font-semibold text-xl" dir="auto">
        <ConversationIcon conversation={conversation} me={me.id} />
        {title}
      </h2>
      <p className="max-w-prose text-muted">
        {conversation.purpose && <span className="block text-normal">{conversation.purpose}</span>}
        {conversation.kind === 'public' && `Everybody in the organisation can find and read this channel. `}
        {conversation.kind === 'private' && `Only its members can find and read this channel. `}
        {isChannel(conversation)
          ? `It was created on ${since}.`
          : 'This is the beginning of your conversation. Only the people in it can read it.'}
      </p>
      {isChannel(conversation) && !conversation.archived && (
        <Button
          icon={UserPlus}
          className="mt-2"
          onClick={() => open({ kind: 'invite', conversation: conversation.id })}
        >
          Add people
        </Button>
      )}
    </div>
  )
}
