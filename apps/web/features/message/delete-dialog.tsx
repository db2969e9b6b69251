'use client'
import type { Message } from '@parley/protocol'
import { ConfirmDialog } from '@parley/ui'
import { readError } from '../api/read-error.ts'
import { useSync } from '../session/use-sync.ts'

export function DeleteDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const sync = useSync()
  const replies = message.thread?.replies ?? 0
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Delete this message?"
      consequence={
        <>
          <p className="mb-3 line-clamp-3 rounded-sm border bg-surface-1 px-3 py-2 wrap-anywhere">
            {message.text}
          </p>
          Everybody in the conversation will see that a message was deleted here
          {replies > 0 && `; its ${replies} ${replies === 1 ? 'reply stays' : 'replies stay'}`}.
        </>
      }
      reversal="permanent"
      confirmLabel="Delete message"
      onConfirm={async () => {
        try {
          await sync.remove(message.conversation, message.id)
        } catch (error) {
          throw new Error(readError(error).says)
        }
      }}
    />
  )
}
