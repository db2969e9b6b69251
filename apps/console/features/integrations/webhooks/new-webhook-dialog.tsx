'use client'
import { Button, Dialog, Form, FormField, TextField } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { type Outputs, trpc } from '../../api/trpc.ts'
import { integrationsChanged } from '../changed.ts'
import { ChannelChoice } from './channel-choice.tsx'
import { WebhookMade } from './webhook-made.tsx'

type Channel = Outputs['integrations']['webhookPlaces'][number]

/** Asks for a name and a channel, then shows the address, once. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const form = useId()
  const [name, setName] = useState('')
  const [channel, setChannel] = useState<Channel | null>(null)
  const create = useMutation(
    trpc.integrations.createWebhook.mutationOptions({ onSuccess: integrationsChanged }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (channel) create.mutate({ name: name.trim(), conversation: channel.id })
  }
  if (create.data) return <WebhookMade name={create.data.name} url={create.data.url} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title="New incoming webhook"
      description="An address to which another system posts into one channel, as a bot with the webhook’s name. Its members see that the bot joins."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={create.isPending}
            disabled={name.trim() === '' || !channel}
          >
            Make webhook
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        {create.isError && (
          <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
            {readError(create.error).says}
          </p>
        )}
        <FormField label="Name" hint="People see it beside what is posted.">
          <TextField
            value={name}
            maxLength={80}
            autoComplete="off"
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </FormField>
        <ChannelChoice chosen={channel} onChange={setChannel} />
      </Form>
    </Dialog>
  )
}
