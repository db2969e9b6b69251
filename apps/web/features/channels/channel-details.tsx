'use client'
import { besideField } from '@parley/api/browser/failure'
import type { Id } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { Button, Dialog, Form, FormField, TextArea, TextField, toast } from '@parley/ui'
import { Archive, Hash } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useAct } from '../api/use-ask.ts'
import { tellFailure } from '../message/tell-failure.ts'
import { useConversation, useMe } from '../session/use-sync.ts'
import { channelName } from './create-channel.tsx'

/** A channel's name, topic and purpose; its owners can archive it. */
export function ChannelDetails({ conversation: id, onClose }: { conversation: Id; onClose: () => void }) {
  const form = useId()
  const mine = useConversation(id)
  const me = useMe()
  const [values, setValues] = useState({
    name: mine?.conversation.name ?? '',
    topic: mine?.conversation.topic ?? '',
    purpose: mine?.conversation.purpose ?? '',
  })
  const change = useAct('conversations.change')
  const archive = useAct('conversations.archive')
  if (!mine) return null
  const { conversation, membership } = mine
  const manages = membership.role === 'owner' || me.permissions['conversations.manage']
  const failure = change.isError ? readError(change.error) : null
  const set = (field: keyof typeof values) => (event: { target: { value: string } }) =>
    setValues({ ...values, [field]: event.target.value })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const changed = (['name', 'topic', 'purpose'] as const).filter(
      (field) => values[field].trim() !== (conversation[field] ?? ''),
    )
    if (changed.length === 0) return onClose()
    const changes = Object.fromEntries(changed.map((field) => [field, values[field].trim()]))
    change.mutate({ conversation: id, ...changes }, { onSuccess: onClose })
  }
  const setArchived = (archived: boolean) =>
    archive.mutate(
      { conversation: id, archived },
      {
        onSuccess: () => {
          toast({
            title: archived ? 'Channel archived.' : 'Channel is open again.',
            ...(archived ? { action: { label: 'Undo', onAction: () => setArchived(false) } } : {}),
          })
          onClose()
        },
        onError: tellFailure,
      },
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Channel details"
      footer={
        <>
          {manages && (
            <Button
              icon={Archive}
              variant="quiet"
              className="me-auto"
              busy={archive.isPending}
              onClick={() => setArchived(!conversation.archived)}
            >
              {conversation.archived ? 'Open again' : 'Archive'}
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={change.isPending}>
            Save
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormField
          label="Name"
          required
          error={
            failure && !['topic', 'purpose'].includes(failure.field ?? '') ? besideField(failure) : undefined
          }
        >
          <TextField
            icon={Hash}
            value={values.name}
            disabled={!manages}
            maxLength={LIMITS.conversationName}
            onChange={(event) => setValues({ ...values, name: channelName(event.target.value) })}
          />
        </FormField>
        <FormField
          label="Topic"
          optional
          hint="What it is about at the moment. Stands beside the name."
          error={failure?.field === 'topic' ? besideField(failure) : undefined}
        >
          <TextField value={values.topic} maxLength={LIMITS.conversationTopic} onChange={set('topic')} />
        </FormField>
        <FormField
          label="Purpose"
          optional
          hint="What it is for. Stands above the first message."
          error={failure?.field === 'purpose' ? besideField(failure) : undefined}
        >
          <TextArea value={values.purpose} maxLength={LIMITS.conversationTopic} onChange={set('purpose')} />
        </FormField>
      </Form>
    </Dialog>
  )
}
