'use client'
import type { Id } from '@parley/protocol'
import { Button, Dialog, toast } from '@parley/ui'
import { useState } from 'react'
import type { PersonCard } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { useAct } from '../api/use-ask.ts'
import { useConversation, useMe } from '../session/use-sync.ts'
import { PeoplePicker } from './people-picker.tsx'

const mostAtOnce = 100

/** Brings people into a channel. */
export function InviteDialog({ conversation, onClose }: { conversation: Id; onClose: () => void }) {
  const me = useMe()
  const mine = useConversation(conversation)
  const [people, setPeople] = useState<PersonCard[]>([])
  const invite = useAct('conversations.invite', ['conversations.members'])
  const count = people.length === 1 ? '1 person' : `${people.length} people`
  const added = () => {
    toast({ tone: 'success', title: `${count} added.` })
    onClose()
  }
  const add = () =>
    invite.mutate({ conversation, people: people.map((person) => person.id) }, { onSuccess: added })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Add people to #${mine?.conversation.name ?? ''}`}
      description="They can read everything that was written here before."
      footer={
        <>
          {invite.isError && (
            <p role="alert" className="me-auto self-center text-danger-text">
              {readError(invite.error).says}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={people.length === 0} busy={invite.isPending} onClick={add}>
            {people.length === 0 ? 'Add' : `Add ${count}`}
          </Button>
        </>
      }
    >
      <PeoplePicker chosen={people} onChange={setPeople} without={[me.id]} most={mostAtOnce} />
    </Dialog>
  )
}
