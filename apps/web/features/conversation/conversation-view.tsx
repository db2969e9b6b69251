'use client'
import type { Id } from '@parley/protocol'
import { Button, DeniedState, Loading, Skeleton } from '@parley/ui'
import { Compass } from 'lucide-react'
import { useCallback, useState } from 'react'
import { Composer } from '../composer/composer.tsx'
import { TypingLine } from '../composer/typing-line.tsx'
import { useConversation, useMe, useReady, useSync } from '../session/use-sync.ts'
import { useShell } from '../shell/shell-context.ts'
import { ArchivedNote } from './archived-note.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { History } from './history.tsx'
import { lastOwnMessage } from './last-own-message.ts'
import { titleOf, useTitles } from './titles.ts'

/** One conversation: header, history, composer. `target`: the root message to open at. */
export function ConversationView({ conversation: id, target }: { conversation: Id; target?: number }) {
  const mine = useConversation(id)
  const ready = useReady()
  const me = useMe()
  const sync = useSync()
  const { open } = useShell()
  const titles = useTitles(mine ? [mine.conversation] : [])
  const [editing, setEditing] = useState<Id | null>(null)
  const editLast = useCallback(() => {
    const last = lastOwnMessage(sync.timeline(id), me.id)
    if (last) setEditing(last.id)
    return last !== undefined
  }, [sync, id, me.id])

  if (!mine)
    return ready ? (
      <DeniedState
        action={
          <Button icon={Compass} onClick={() => open({ kind: 'browse-channels' })}>
            Browse channels
          </Button>
        }
      >
        You are not in this conversation, or it does not exist. A public channel can be joined.
      </DeniedState>
    ) : (
      <Loading className="flex flex-1 flex-col">
        <div className="flex h-13 items-center border-b px-4">
          <Skeleton className="h-4 w-40" />
        </div>
      </Loading>
    )
  const { conversation } = mine
  const title = titleOf(conversation, titles)
  return (
    <>
      <ConversationHeader mine={mine} title={title} />
      <History mine={mine} title={title} target={target} editing={editing} onEdit={setEditing} />
      {conversation.archived ? (
        <ArchivedNote />
      ) : (
        <div className="shrink-0 px-4 pb-[max(0.25rem,env(safe-area-inset-bottom))] max-sm:px-2">
          <Composer
            conversation={id}
            label={conversation.name ? `Message #${conversation.name}` : `Message ${title}`}
            onEditLast={editLast}
          />
          <TypingLine conversation={id} />
        </div>
      )}
    </>
  )
}
