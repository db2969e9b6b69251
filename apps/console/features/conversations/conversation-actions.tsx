'use client'
import { Button, ConfirmDialog, Switch, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Crown, Pencil } from 'lucide-react'
import { useState } from 'react'
import { tellFailure } from '../api/tell-failure.ts'
import { trpc } from '../api/trpc.ts'
import { AddOwnerDialog } from './add-owner-dialog.tsx'
import { conversationChanged } from './conversation-changed.ts'
import { RenameDialog } from './rename-dialog.tsx'
import type { ConversationRow } from './words.ts'

/** What may be done about a channel without being in it. */
export function ConversationActions({ row }: { row: ConversationRow }) {
  const [dialog, setDialog] = useState<'rename' | 'archive' | 'owner' | null>(null)
  const close = () => setDialog(null)
  const archived = row.archivedAt !== null
  const archive = useMutation(trpc.conversations.archiveAny.mutationOptions())
  const setArchived = async (next: boolean) => {
    await archive.mutateAsync({ conversation: row.id, archived: next })
    conversationChanged(row.id, { archivedAt: next ? Date.now() : null })
  }
  const restore = () =>
    setArchived(false).then(() => toast({ tone: 'success', title: `${row.name} is open again` }), tellFailure)
  const forEveryone = useMutation(
    trpc.conversations.setForEveryone.mutationOptions({
      onSuccess: (_, input) => conversationChanged(row.id, { forEveryone: input.forEveryone }),
      onError: tellFailure,
    }),
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        {!archived && (
          <>
            <Button icon={Pencil} onClick={() => setDialog('rename')}>
              Rename
            </Button>
            <Button icon={Crown} onClick={() => setDialog('owner')}>
              Give an owner
            </Button>
            <Button icon={Archive} onClick={() => setDialog('archive')}>
              Archive
            </Button>
          </>
        )}
        {archived && (
          <Button icon={ArchiveRestore} busy={archive.isPending} onClick={restore}>
            Restore
          </Button>
        )}
      </div>
      {row.kind === 'public' && !archived && (
        <Switch
          label="For everyone"
          hint="Whoever joins the organisation joins this channel. Who is here already stays as they are."
          checked={row.forEveryone}
          disabled={forEveryone.isPending}
          onCheckedChange={(on) => forEveryone.mutate({ conversation: row.id, forEveryone: on })}
        />
      )}
      {dialog === 'rename' && <RenameDialog row={row} onClose={close} />}
      {dialog === 'owner' && <AddOwnerDialog row={row} onClose={close} />}
      <ConfirmDialog
        open={dialog === 'archive'}
        onOpenChange={close}
        title={`Archive ${row.name}?`}
        consequence={`${row.memberCount === 1 ? 'Its one member' : `Its ${row.memberCount} members`} can still read and leave it, and nobody can write in it. Nothing is deleted.`}
        reversal={{ explained: 'You can restore it at any time.' }}
        confirmLabel="Archive"
        tone="neutral"
        onConfirm={async () => {
          await setArchived(true)
          toast({
            title: `${row.name} is archived`,
            action: { label: 'Undo', onAction: () => void restore() },
          })
        }}
      />
    </div>
  )
}
