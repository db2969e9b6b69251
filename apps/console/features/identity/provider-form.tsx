'use client'
import { besideField } from '@parley/api/browser/failure'
import { Button, Form, FormField, Select, TextField, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { Facts } from '../list/facts.tsx'
import { providersChanged } from './providers-changed.ts'
import { PROVISIONED_ROLES, type Provider, type ProvisionedRole, type ReadMetadata, USUAL } from './words.ts'

const ROLES = Object.entries(PROVISIONED_ROLES).map(([value, label]) => ({ value, label }))

/** What the metadata cannot say: a name for it, whom it speaks for, and what its attributes are called. */
export function ProviderForm({
  provider,
  metadata,
  onOtherMetadata,
  onClose,
}: {
  provider: Provider | null
  metadata: ReadMetadata
  onOtherMetadata: () => void
  onClose: () => void
}) {
  const [name, setName] = useState(provider?.name ?? '')
  const [domains, setDomains] = useState(provider?.domains.join(', ') ?? '')
  const [role, setRole] = useState<ProvisionedRole>((provider?.role as ProvisionedRole) ?? 'member')
  const [emailAttribute, setEmailAttribute] = useState(provider?.config.emailAttribute ?? USUAL.email)
  const [nameAttribute, setNameAttribute] = useState(provider?.config.nameAttribute ?? USUAL.name)
  const save = useMutation(
    trpc.identity.saveProvider.mutationOptions({
      async onSuccess() {
        await providersChanged()
        toast({
          tone: 'success',
          title: provider ? `${name} is changed` : `${name} is set up; switch it on when it knows us`,
        })
        onClose()
      },
    }),
  )
  const refused = save.error && readError(save.error)
  const errorAt = (field: string) => refused?.field?.startsWith(field) && besideField(refused)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { entityId, signOnUrl, certificates } = metadata
    save.mutate({
      ...(provider && { provider: provider.id }),
      ...{ name: name.trim(), role, domains: domains.split(/[\s,;]+/).filter(Boolean) },
      config: { entityId, signOnUrl, certificates, emailAttribute, nameAttribute },
    })
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-col gap-2 rounded-md bg-surface-1 p-3">
        <Facts
          facts={[
            ['Entity ID', metadata.entityId],
            ['Sign-on', metadata.signOnUrl],
            ['Certificates', metadata.certificates.length],
          ]}
        />
        <Button variant="quiet" size="small" className="self-start" onClick={onOtherMetadata}>
          Other metadata
        </Button>
      </div>
      {refused && !refused.field && (
        <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {refused.says}
        </p>
      )}
      <FormField
        label="Name"
        hint="As people read it on the sign-in page: “Continue with …”"
        error={errorAt('name')}
      >
        <TextField
          value={name}
          maxLength={80}
          autoFocus
          required
          onChange={(event) => setName(event.target.value)}
        />
      </FormField>
      <FormField
        label="Domains"
        hint="Whose addresses it may speak for, with commas between: example.org, example.com"
        error={errorAt('domains')}
      >
        <TextField value={domains} onChange={(event) => setDomains(event.target.value)} />
      </FormField>
      <FormField label="Somebody new becomes">
        <Select
          value={role}
          onValueChange={(next) => setRole(next as ProvisionedRole)}
          options={ROLES}
          className="max-w-64"
        />
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="Attribute with the e-mail address" error={errorAt('config.emailAttribute')}>
          <TextField value={emailAttribute} onChange={(event) => setEmailAttribute(event.target.value)} />
        </FormField>
        <FormField label="Attribute with the name" error={errorAt('config.nameAttribute')}>
          <TextField value={nameAttribute} onChange={(event) => setNameAttribute(event.target.value)} />
        </FormField>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ''}>
          {provider ? 'Save' : 'Set up'}
        </Button>
      </div>
    </Form>
  )
}
