'use client'
import { Button, Form, FormField, TextField, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { api, queries, trpc } from '../api/trpc.ts'
import { useMe } from '../session/use-me.ts'

/** What the organisation is called, on every page and in every mail. */
export function OrganisationName() {
  const me = useMe()
  const mayChange = me.permissions['settings.manage']
  const [name, setName] = useState<string | null>(null)
  const shown = name ?? me.organisation
  const changed = shown.trim() !== me.organisation
  const rename = useMutation({
    mutationFn: (next: string) => api.organisation.rename.mutate({ name: next }),
    async onSuccess(_, next) {
      const before = me.organisation
      await queries.invalidateQueries({ queryKey: trpc.people.me.pathKey() })
      setName(null)
      toast({
        tone: 'success',
        title: `The organisation is called ${next} now`,
        action: { label: 'Undo', onAction: () => next !== before && rename.mutate(before) },
      })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed) rename.mutate(shown.trim())
  }
  return (
    <Form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <FormField
        label="Name of the organisation"
        changed={changed}
        error={rename.isError && readError(rename.error).says}
        className="w-full max-w-96"
      >
        <TextField
          value={shown}
          maxLength={80}
          disabled={!mayChange}
          onChange={(event) => setName(event.target.value)}
        />
      </FormField>
      {changed && (
        <Button type="submit" variant="primary" busy={rename.isPending} disabled={shown.trim() === ''}>
          Save
        </Button>
      )}
    </Form>
  )
}
