'use client'
import { besideField, type Failure } from '@parley/api/browser/failure'
import { Button, Form, FormField, TextField } from '@parley/ui'
import { type FormEvent, useRef, useState } from 'react'
import { type Door, enter } from './enter.ts'

export type EntryField = {
  name: string
  label: string
  type?: 'email' | 'password' | 'text'
  hint?: string
  autoComplete: string
  maxLength?: number
  /** What it says at first. */
  value?: string
}

/** The fields of one door. What the server says about a field stands at that field. */
export function EntryForm({
  door,
  fields,
  verb,
  extra = {},
}: {
  door: Door
  fields: EntryField[]
  verb: string
  extra?: Record<string, string>
}) {
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const firstEmpty = fields.findIndex((field) => !field.value)
  const atField = fields.find((field) => field.name === failure?.field)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    setBusy(true)
    const body = Object.fromEntries(fields.map(({ name }) => [name, String(values.get(name) ?? '')]))
    const entered = await enter(door, { ...body, ...extra })
    if ('place' in entered) return window.location.assign(entered.place)
    const refused = entered.failure
    setBusy(false)
    setFailure(refused)
    const wrong = refused.field ?? fields.at(-1)?.name
    form.current?.querySelector<HTMLInputElement>(`[name="${CSS.escape(wrong ?? '')}"]`)?.focus()
  }

  return (
    <Form ref={form} onSubmit={submit} className="mt-5 flex flex-col gap-4">
      {failure && !atField && (
        <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {failure.says}
        </p>
      )}
      {fields.map((field, index) => (
        <FormField
          key={field.name}
          label={field.label}
          hint={field.hint}
          required
          error={failure && field === atField ? besideField(failure) : undefined}
        >
          <TextField
            name={field.name}
            type={field.type ?? 'text'}
            autoComplete={field.autoComplete}
            maxLength={field.maxLength}
            defaultValue={field.value}
            autoFocus={index === firstEmpty}
          />
        </FormField>
      ))}
      <Button type="submit" variant="primary" size="large" busy={busy}>
        {verb}
      </Button>
    </Form>
  )
}
