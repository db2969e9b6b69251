'use client'
import type { Id } from '@parley/protocol'
import { ConfirmDialog } from '@parley/ui'
import { act } from '../api/client.ts'
import { readError } from '../api/read-error.ts'
import { useConversation, useSync } from '../session/use-sync.ts'
import { startPlace } from '../shell/last-place.ts'
import { go } from '../shell/place.ts'

export function LeaveDialog({ conversation, onClose }: { conversation: Id; onClose: () => void }) {
  const mine = useConversation(conversation)
  const sync = useSync()
  if (!mine) return null
  const isPrivate = mine.conversation.kind === 'private'
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Leave #${mine.conversation.name}?`}
      consequence="You get nothing more from it, and it leaves your list. What you wrote stays."
      reversal={{
        explained: isPrivate
          ? 'Only somebody who is in it can bring you back.'
          : 'You can join again at any time.',
      }}
      tone={isPrivate ? 'danger' : 'neutral'}
      confirmLabel="Leave channel"
      onConfirm={async () => {
        try {
          await act('conversations.leave', { conversation })
          go(startPlace(sync.conversations(), conversation))
        } catch (error) {
          throw new Error(readError(error).says)
        }
      }}
    />
  )
}
