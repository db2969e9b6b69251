'use client'
import { besideField } from '@parley/api/browser/failure'
import { Button, Form, FormField, Select, TextField, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { trpc } from '../../api/trpc.ts'
import { useMe } from '../../session/use-me.ts'
import { peopleAdded } from '../people-changed.ts'
import { ROLE_NAMES, ROLE_SAYS, ROLES, type Role } from '../words.ts'
import { copyLink } from './copy-link.ts'

/** One person; stays open for the next. */
export function InviteOne({ onClose }: { onClose: () => void }) {
  const form = useRef<HTMLFormElement>(null)
  const mayMakeOwners = useMe().permissions['owners.manage']
  const [role, setRole] = useState<Role>('member')
  const invite = useMutation(
    trpc.account.invite.mutationOptions({
      onSuccess({ name, email, link }) {
        peopleAdded()
        toast({
          tone: 'success',
          title: `${name} is invited`,
          detail: `A mail went to ${email}.`,
          ...(link && { action: { label: 'Copy link', onAction: () => void copyLink(link) } }),
        })
        form.current?.reset()
        form.current?.querySelector<HTMLInputElement>('[name="email"]')?.focus()
      },
    }),
  )
  const refused = invite.isError ? readError(invite.error) : null
  const atField = refused?.field === 'email' || refused?.field === 'name' ? refused.field : null

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const said = (name: string) => String(values.get(name) ?? '').trim()
    const [email, name, title] = [said('email'), said('name'), said('title')]
    invite.mutate({ email, role, ...(name && { name }), ...(title && { title }) })
  }
  return (
    <Form ref={form} onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {refused && !atField && (
        <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {refused.says}
        </p>
      )}
      <FormField
        label="E-mail address"
        required
        error={atField === 'email' && refused && besideField(refused)}
      >
        <TextField name="email" type="email" autoComplete="off" autoFocus />
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField
          label="Name"
          optional
          hint="They may change it."
          error={atField === 'name' && refused && besideField(refused)}
        >
          <TextField name="name" autoComplete="off" maxLength={80} />
        </FormField>
        <FormField label="Title" optional>
          <TextField name="title" autoComplete="off" maxLength={80} />
        </FormField>
      </div>
      <FormField label="Role" hint={ROLE_SAYS[role]}>
        <Select
          value={role}
          onValueChange={setRole}
          options={ROLES.filter((each) => each !== 'owner' || mayMakeOwners)
            .toReversed()
            .map((value) => ({ value, label: ROLE_NAMES[value], hint: ROLE_SAYS[value] }))}
        />
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Done</Button>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          Send invitation
        </Button>
      </div>
    </Form>
  )
}
