'use client'
import { besideField } from '@parley/api/browser/failure'
import { LIMITS } from '@parley/protocol/limits'
import { Button, Dialog, Form, FormField, RadioGroup, TextField } from '@parley/ui'
import { Hash, Lock } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useAct } from '../api/use-ask.ts'
import { go, pathTo } from '../shell/place.ts'

type Kind = 'public' | 'private'

/** Small letters and hyphens as one types, so that names can be typed after a # without thinking. */
export const channelName = (text: string) => text.toLowerCase().replace(/[\s_]+/g, '-')

export function CreateChannel({ onClose }: { onClose: () => void }) {
  const id = useId()
  const [kind, setKind] = useState<Kind>('public')
  const [name, setName] = useState('')
  const [topic, setTopic] = useState('')
  const create = useAct('conversations.create', ['conversations.browse'])
  const failure = create.isError ? readError(create.error) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(
      { kind, name: name.replace(/^-+|-+$/g, ''), ...(topic.trim() ? { topic: topic.trim() } : {}) },
      {
        onSuccess: (made) => {
          go(pathTo(made.id))
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Create a channel"
      description="A channel is for one subject: a team, a project, a question."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            busy={create.isPending}
            disabled={!/[\p{L}\p{N}]/u.test(name)}
          >
            Create channel
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} className="flex flex-col gap-4">
        <FormField
          label="Name"
          required
          error={failure && failure.field !== 'topic' ? besideField(failure) : undefined}
        >
          <TextField
            icon={kind === 'private' ? Lock : Hash}
            value={name}
            maxLength={LIMITS.conversationName}
            autoComplete="off"
            placeholder="for-example-marketing"
            onChange={(event) => setName(channelName(event.target.value))}
          />
        </FormField>
        <FormField
          label="Topic"
          optional
          error={failure?.field === 'topic' ? besideField(failure) : undefined}
        >
          <TextField
            value={topic}
            maxLength={LIMITS.conversationTopic}
            autoComplete="off"
            onChange={(event) => setTopic(event.target.value)}
          />
        </FormField>
        <RadioGroup<Kind>
          label="Who can find it"
          value={kind}
          onValueChange={setKind}
          options={[
            {
              value: 'public',
              label: 'Everybody in the organisation',
              hint: 'Anyone can find, read and join it.',
            },
            { value: 'private', label: 'Only its members', hint: 'People are added by those who are in it.' },
          ]}
        />
      </Form>
    </Dialog>
  )
}
