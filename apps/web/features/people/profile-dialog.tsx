'use client'
import { besideField } from '@parley/api/browser/failure'
import { LIMITS } from '@parley/protocol/limits'
import { Avatar, Button, Dialog, Form, FormField, TextField, ThemeToggle, toast } from '@parley/ui'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useAct } from '../api/use-ask.ts'
import { useMe } from '../session/use-sync.ts'
import { usePeopleStore, usePerson } from './people-store.ts'

/** How others see me. */
export function ProfileDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const id = useId()
  const people = usePeopleStore()
  const known = usePerson(me.id)
  const [name, setName] = useState(known?.name ?? me.name)
  const [title, setTitle] = useState(known?.title ?? me.title)
  const save = useAct('people.updateProfile', ['people.me'])
  const saved = () => {
    const card = { id: me.id, name: name.trim(), title: title.trim() }
    people.learn([{ ...card, kind: 'person', status: 'active' }])
    toast({ tone: 'success', title: 'Profile saved.' })
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ name: name.trim(), title: title.trim() }, { onSuccess: saved })
  }
  const failure = save.isError ? readError(save.error) : null
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Profile and theme"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} className="flex flex-col gap-4">
        <Avatar id={me.id} name={name || me.name} size={72} decorative />
        <FormField
          label="Name"
          required
          error={failure && failure.field !== 'title' ? besideField(failure) : undefined}
        >
          <TextField
            value={name}
            maxLength={LIMITS.personName}
            autoComplete="name"
            onChange={(event) => setName(event.target.value)}
          />
        </FormField>
        <FormField
          label="Title"
          optional
          hint="What you do, in a few words."
          error={failure?.field === 'title' ? besideField(failure) : undefined}
        >
          <TextField
            value={title}
            maxLength={LIMITS.personName}
            autoComplete="organization-title"
            onChange={(event) => setTitle(event.target.value)}
          />
        </FormField>
        <div className="flex items-center justify-between">
          <span className="font-medium text-sm text-strong">Theme on this device</span>
          <ThemeToggle />
        </div>
      </Form>
    </Dialog>
  )
}
