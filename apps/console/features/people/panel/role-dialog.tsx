'use client'
import { Button, Dialog, RadioGroup, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { tellFailure } from '../../api/tell-failure.ts'
import { trpc } from '../../api/trpc.ts'
import { personChanged } from '../people-changed.ts'
import { endsSay, ROLE_NAMES, ROLE_SAYS, ROLES, type Role } from '../words.ts'
import type { PersonDetail } from './person-panel.tsx'

/** Gives another role; the toast takes it back. */
export function RoleDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const [role, setRole] = useState<Role>(person.role)
  const ends = person.may.ending.includes(role) ? endsSay(person) : []
  const change = useMutation(trpc.people.changeRole.mutationOptions())
  const give = async (next: Role) => {
    const { before, after } = await change.mutateAsync({ person: person.id, role: next })
    personChanged(person.id, { role: after })
    return before
  }
  const save = async () => {
    const before = await give(role).catch(() => null)
    if (before === null) return
    onClose()
    toast({
      tone: 'success',
      title: `${person.name} is ${ROLE_NAMES[role].toLowerCase()} now`,
      action: {
        label: 'Undo',
        onAction: () =>
          void give(before).then(
            () => toast({ title: `${person.name} is ${ROLE_NAMES[before].toLowerCase()} again` }),
            tellFailure,
          ),
      },
    })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Role of ${person.name}`}
      description="Holds with their next request; they need not sign in again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={role === person.role} busy={change.isPending} onClick={save}>
            Change role
          </Button>
        </>
      }
    >
      <RadioGroup
        label="Role"
        value={role}
        onValueChange={setRole}
        options={ROLES.filter((each) => person.may.roles.includes(each)).map((value) => ({
          value,
          label: ROLE_NAMES[value],
          hint: ROLE_SAYS[value],
        }))}
      />
      {ends.length > 0 && (
        <ul className="mt-3 list-disc ps-5 text-muted">
          {ends.map((each) => (
            <li key={each}>{each}.</li>
          ))}
        </ul>
      )}
      {change.isError && (
        <p role="alert" className="mt-3 rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {readError(change.error).says}
        </p>
      )}
    </Dialog>
  )
}
