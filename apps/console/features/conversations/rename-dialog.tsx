'use client'
import { Button, Dialog, Form, FormField, TextField, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { conversationChanged } from './conversation-changed.ts'
import type { ConversationRow } from './words.ts'

/** Gives a channel another name; links to it keep working. */
export function RenameDialog({ row, onClose }: { row: ConversationRow; onClose: () => void }) {
  const form = useId()
  const [name, setName] = useState(row.name ?? '')
  const rename = useMutation(
    trpc.conversations.renameAny.mutationOptions({
      onSuccess(_, input) {
        conversationChanged(row.id, { name: input.name })
        toast({ tone: 'success', title: `${row.name} is called ${input.name} now` })
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate({ conversation: row.id, name: name.trim() })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Rename ${row.name}`}
      description="Its members see the new name at once. Links to it keep working."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={rename.isPending}
            disabled={name.trim() === '' || name.trim() === row.name}
          >
            Rename
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={submit}>
        <FormField label="Name" error={rename.isError && readError(rename.error).says}>
          <TextField
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={80}
            autoFocus
          />
        </FormField>
      </Form>
    </Dialog>
  )
}
