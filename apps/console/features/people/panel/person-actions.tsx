'use client'
import { Button, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Mail, RotateCcw, ShieldUser, UserX } from 'lucide-react'
import { useState } from 'react'
import { tellFailure } from '../../api/tell-failure.ts'
import { trpc } from '../../api/trpc.ts'
import { copyLink } from '../invite/copy-link.ts'
import { personChanged } from '../people-changed.ts'
import { DeactivateDialog } from './deactivate-dialog.tsx'
import type { PersonDetail } from './person-panel.tsx'
import { RoleDialog } from './role-dialog.tsx'

/** What may be done about one person, by the verdicts that the server gave. */
export function PersonActions({ person }: { person: PersonDetail }) {
  const [dialog, setDialog] = useState<'role' | 'deactivate' | null>(null)
  /** Came with a history, and was never asked. */
  const imported = person.status === 'imported'
  const reactivate = useMutation(
    trpc.people.reactivate.mutationOptions({
      onSuccess({ status }) {
        personChanged(person.id, { status })
        toast({ tone: 'success', title: `${person.name} may use Parley again` })
      },
      onError: tellFailure,
    }),
  )
  const resend = useMutation(
    trpc.account.resendInvitation.mutationOptions({
      onSuccess({ link, email }) {
        toast({
          tone: 'success',
          ...(imported
            ? { title: `${person.name} is invited`, detail: `A mail went to ${email}.` }
            : {
                title: `A new invitation was sent to ${email}`,
                detail: 'The earlier link no longer works.',
              }),
          ...(link && { action: { label: 'Copy link', onAction: () => void copyLink(link) } }),
        })
        personChanged(person.id, { status: 'invited' })
      },
      onError: tellFailure,
    }),
  )
  const { may } = person
  if (!may.edit) return null
  return (
    <div className="flex flex-wrap gap-2">
      {may.resend && person.email && (
        <Button icon={Mail} busy={resend.isPending} onClick={() => resend.mutate({ person: person.id })}>
          {imported ? 'Send invitation' : 'Send invitation again'}
        </Button>
      )}
      {may.roles.length > 1 && (
        <Button icon={ShieldUser} onClick={() => setDialog('role')}>
          Change role
        </Button>
      )}
      {may.reactivate && (
        <Button
          icon={RotateCcw}
          busy={reactivate.isPending}
          onClick={() => reactivate.mutate({ person: person.id })}
        >
          Reactivate
        </Button>
      )}
      {may.deactivate && (
        <Button icon={UserX} onClick={() => setDialog('deactivate')}>
          Deactivate
        </Button>
      )}
      {dialog === 'role' && <RoleDialog person={person} onClose={() => setDialog(null)} />}
      {dialog === 'deactivate' && <DeactivateDialog person={person} onClose={() => setDialog(null)} />}
    </div>
  )
}
