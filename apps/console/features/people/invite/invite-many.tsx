'use client'
import { Button, LinkButton, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { trpc } from '../../api/trpc.ts'
import { peopleAdded } from '../people-changed.ts'
import { CsvDrop } from './csv-drop.tsx'
import { PreviewTable } from './preview-table.tsx'

const EXAMPLE = 'email,name,title,role\nanna.larsson@example.org,Anna Larsson,Accountant,member\n'

const people = (count: number) => (count === 1 ? 'one person' : `${count} people`)

/** A file of people: what each row would become is shown before anything is sent. */
export function InviteMany({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null)
  const preview = useMutation(trpc.account.previewInvitations.mutationOptions())
  const invite = useMutation(
    trpc.account.inviteMany.mutationOptions({
      onSuccess({ invited, skipped }) {
        peopleAdded()
        toast({
          tone: 'success',
          title: `Invited ${people(invited.length)}`,
          detail: skipped.length > 0 ? `${skipped.length} rows were left out.` : undefined,
        })
        onClose()
      },
    }),
  )
  const refused = preview.error ?? invite.error
  const look = (chosen: { name: string; csv: string }) => {
    setFile(chosen)
    invite.reset()
    preview.mutate({ csv: chosen.csv })
  }
  const found = file ? preview.data : undefined

  return (
    <div className="flex flex-col gap-4">
      {refused && (
        <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {readError(refused).says}
        </p>
      )}
      {found && file ? (
        <PreviewTable name={file.name} preview={found} />
      ) : (
        <>
          <CsvDrop busy={preview.isPending} onFile={look} />
          <p className="max-w-prose text-muted text-sm">
            A CSV file with the columns email, name, title and role, as spreadsheets save it: with a comma, a
            semicolon or a tab between. Only the address is needed. At most 1,000 people at a time.
          </p>
        </>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <LinkButton
          variant="quiet"
          icon={Download}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(EXAMPLE)}`}
          download="people.csv"
          className="me-auto"
        >
          Example file
        </LinkButton>
        {found && (
          <Button
            onClick={() => {
              setFile(null)
              preview.reset()
              invite.reset()
            }}
          >
            Other file
          </Button>
        )}
        {!found && <Button onClick={onClose}>Cancel</Button>}
        {found && file && (
          <Button
            variant="primary"
            disabled={found.fine === 0}
            busy={invite.isPending}
            onClick={() => invite.mutate({ csv: file.csv })}
          >
            {found.fine === 0 ? 'Nobody to invite' : `Invite ${people(found.fine)}`}
          </Button>
        )}
      </div>
    </div>
  )
}
