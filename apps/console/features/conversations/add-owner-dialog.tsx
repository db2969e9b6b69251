'use client'
import { Dialog, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { PersonSearch } from '../people/person-search.tsx'
import { conversationChanged } from './conversation-changed.ts'
import type { ConversationRow } from './words.ts'

/** For a channel whose owners are gone. */
export function AddOwnerDialog({ row, onClose }: { row: ConversationRow; onClose: () => void }) {
  const add = useMutation(trpc.conversations.addOwner.mutationOptions())
  const choose = async (person: { id: string; name: string }) => {
    const result = await add.mutateAsync({ conversation: row.id, person: person.id }).catch(() => null)
    if (!result) return
    conversationChanged(row.id, result.joined ? { memberCount: row.memberCount + 1 } : {})
    toast({
      tone: 'success',
      title: result.changed
        ? `${person.name} is an owner of ${row.name} now`
        : `${person.name} is an owner of it already`,
    })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Give ${row.name} an owner`}
      description="An owner names the channel, brings people in, takes them out and archives it. Who is not in it yet joins it, and sees all of its history; its members see that."
    >
      {add.isError && (
        <p role="alert" className="mb-3 rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {readError(add.error).says}
        </p>
      )}
      <PersonSearch label="Name or address" onChoose={(person) => void choose(person)} />
    </Dialog>
  )
}
