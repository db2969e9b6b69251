'use client'
import { Button, EmptyState, Kbd } from '@parley/ui'
import { Compass, MessagesSquare, Plus, SquarePen } from 'lucide-react'
import { useConversations, useMe, useReady } from '../session/use-sync.ts'
import { useShell } from './shell-context.ts'

/** Beside the list, before a conversation is chosen. */
export function StartView() {
  const me = useMe()
  const { open } = useShell()
  const some = useConversations().length > 0
  // What to say depends on what there is.
  if (!useReady()) return null
  return (
    <EmptyState
      icon={MessagesSquare}
      title={some ? 'Choose a conversation' : `Welcome to ${me.organisation || 'Parley'}`}
      action={
        <>
          <Button variant="primary" icon={Compass} onClick={() => open({ kind: 'browse-channels' })}>
            Browse channels
          </Button>
          <Button icon={SquarePen} onClick={() => open({ kind: 'new-message' })}>
            New message
          </Button>
          {!some && (
            <Button icon={Plus} onClick={() => open({ kind: 'create-channel' })}>
              Create a channel
            </Button>
          )}
        </>
      }
    >
      {some ? (
        <>
          Or press <Kbd keys="Mod+K" /> and type the name of a channel or a person.
        </>
      ) : (
        'Channels are for subjects, direct messages for people. Join a channel, or write to somebody.'
      )}
    </EmptyState>
  )
}
