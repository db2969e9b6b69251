'use client'
import { Button, Checkbox, Form, FormField, Select, TextField } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { type Outputs, trpc } from '../../api/trpc.ts'
import { integrationsChanged } from '../changed.ts'
import { BotChoice, type ChosenBot } from './bot-choice.tsx'

type Choices = Outputs['integrations']['tokenChoices']
type Scope = Choices['scopes'][number]['name']

const COMMON_DAYS = [7, 30, 60, 90, 180, 365]
const inDays = (days: number) => (days === 1 ? 'One day' : `${days} days`)

/** As which bot, how it is called, what it may, and until when. */
export function NewTokenForm({
  choices: { scopes, maximumDays },
  onClose,
  onMade,
}: {
  choices: Choices
  onClose: () => void
  onMade: (made: Outputs['integrations']['createToken']) => void
}) {
  const [bot, setBot] = useState<ChosenBot>({ kind: 'new', name: '', title: '' })
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(new Set())
  const lifetimes = [...new Set([...COMMON_DAYS.filter((days) => days < maximumDays), maximumDays])]
  const [days, setDays] = useState(lifetimes.includes(30) ? 30 : maximumDays)
  const create = useMutation(
    trpc.integrations.createToken.mutationOptions({
      onSuccess(made) {
        integrationsChanged()
        onMade(made)
      },
    }),
  )
  const refused = create.isError ? readError(create.error) : null
  const botNamed = bot.kind === 'new' ? bot.name.trim() !== '' : bot.id !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({
      bot: bot.kind === 'new' ? { name: bot.name.trim(), title: bot.title.trim() } : (bot.id ?? ''),
      ...{ name: name.trim(), scopes: [...chosen], days },
    })
  }
  const toggle = (scope: Scope, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(scope)
    else next.delete(scope)
    setChosen(next)
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-5" noValidate>
      {refused && (
        <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {refused.says}
        </p>
      )}
      <BotChoice chosen={bot} onChange={setBot} />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="Name of the token" hint="What it is for, for whoever looks at this list later.">
          <TextField
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </FormField>
        <FormField label="Expires after" hint={`At most ${inDays(maximumDays)}, by the settings.`}>
          <Select
            value={String(days)}
            onValueChange={(value) => setDays(Number(value))}
            options={lifetimes.map((each) => ({ value: String(each), label: inDays(each) }))}
          />
        </FormField>
      </div>
      <fieldset className="flex flex-col gap-2.5">
        <legend className="mb-2.5 font-medium text-sm text-strong">It may</legend>
        {scopes.map((scope) => (
          <Checkbox
            key={scope.name}
            label={<code className="font-mono text-sm">{scope.name}</code>}
            hint={scope.says}
            checked={chosen.has(scope.name)}
            onCheckedChange={(on) => toggle(scope.name, on)}
          />
        ))}
      </fieldset>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={create.isPending}
          disabled={!botNamed || name.trim() === '' || chosen.size === 0}
        >
          Make token
        </Button>
      </div>
    </Form>
  )
}
