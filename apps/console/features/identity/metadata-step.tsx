'use client'
import { Button, Form, FormField, TextArea } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import type { ReadMetadata } from './words.ts'

/** Metadata as pasted or as a file; the server reads it and says what is wrong with it. */
export function MetadataStep({
  onRead,
  onClose,
}: {
  onRead: (read: ReadMetadata) => void
  onClose: () => void
}) {
  const file = useRef<HTMLInputElement>(null)
  const [metadata, setMetadata] = useState('')
  const read = useMutation(trpc.identity.readMetadata.mutationOptions({ onSuccess: onRead }))
  const take = async (chosen: File | undefined) => {
    if (!chosen) return
    const text = await chosen.text()
    setMetadata(text)
    read.mutate({ metadata: text })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    read.mutate({ metadata })
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <FormField
        label="Metadata of the provider"
        hint="An XML document. Providers call it federation metadata or IdP metadata."
        error={read.isError && readError(read.error).says}
      >
        <TextArea
          rows={9}
          value={metadata}
          onChange={(event) => setMetadata(event.target.value)}
          placeholder="<EntityDescriptor …"
          spellCheck={false}
          autoFocus
          className="font-mono text-sm"
        />
      </FormField>
      <div className="flex flex-wrap justify-end gap-2">
        <Button icon={FileUp} className="me-auto" onClick={() => file.current?.click()}>
          From a file
        </Button>
        <input
          ref={file}
          type="file"
          accept=".xml,text/xml,application/xml,application/samlmetadata+xml"
          aria-label="Metadata file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={read.isPending} disabled={metadata.trim() === ''}>
          Read it
        </Button>
      </div>
    </Form>
  )
}
