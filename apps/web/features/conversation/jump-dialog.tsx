'use client'
import type { Id } from '@parley/protocol'
import { Button, Dialog, Form, FormField, TextField } from '@parley/ui'
import { ArrowDownToLine, ArrowUpToLine } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useConversation, useSync } from '../session/use-sync.ts'
import { go, pathToMessage } from '../shell/place.ts'
import { firstAt } from './first-at.ts'

/** As a date field writes it, in the time zone of the person who looks. */
const dayOf = (at: number) => {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** To the beginning, to the present, or to the first message of a day. */
export function JumpDialog({ conversation: id, onClose }: { conversation: Id; onClose: () => void }) {
  const sync = useSync()
  const form = useId()
  const mine = useConversation(id)
  const [day, setDay] = useState('')
  const [state, setState] = useState<{ busy: boolean; says?: string }>({ busy: false })
  if (!mine) return null
  const { createdAt, lastAt, floor, roots } = mine.conversation
  const leave = (path: string) => {
    go(path)
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const at = Date.parse(`${day}T00:00`)
    if (Number.isNaN(at)) return setState({ busy: false, says: 'Choose a day.' })
    setState({ busy: true })
    try {
      const found = await firstAt(sync, id, at)
      if (found !== null) return leave(pathToMessage(id, found))
      setState({ busy: false, says: 'Nothing was said on that day or after it.' })
    } catch (error) {
      setState({ busy: false, says: readError(error).says })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Jump to"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={state.busy}>
            Jump to the day
          </Button>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap gap-2">
        <Button
          icon={ArrowUpToLine}
          disabled={roots === floor}
          onClick={() => leave(pathToMessage(id, floor + 1))}
        >
          The beginning
        </Button>
        <Button icon={ArrowDownToLine} onClick={() => leave(pathToMessage(id, roots))}>
          The present
        </Button>
      </div>
      <Form id={form} onSubmit={submit}>
        <FormField
          label="A day"
          hint="Opens at the first message of that day or after it."
          error={state.says}
        >
          <TextField
            type="date"
            value={day}
            min={dayOf(createdAt)}
            max={dayOf(Math.max(lastAt, createdAt))}
            onChange={(event) => setDay(event.target.value)}
          />
        </FormField>
      </Form>
    </Dialog>
  )
}
