'use client'
import { LIMITS } from '@parley/protocol/limits'
import {
  AVAILABILITIES,
  type Availability,
  type ChosenPresence,
  type CustomStatus,
  chosenAt,
} from '@parley/protocol/presence'
import {
  Button,
  Dialog,
  Form,
  FormField,
  Loading,
  RadioGroup,
  Skeleton,
  Switch,
  TextField,
  toast,
} from '@parley/ui'
import { type FormEvent, useId, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useAct } from '../api/use-ask.ts'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import { useChosenPresence } from '../session/use-sync.ts'
import { availabilityWords } from './availability-words.ts'
import { EndSelect, pickedFor, untilOf } from './end-select.tsx'
import { StatusEmoji } from './person-status.tsx'

const hints = {
  automatic: 'Away by itself when none of your devices is used for ten minutes.',
  busy: 'Do not disturb: nothing is pushed to your devices.',
  invisible: 'Others see you as offline. You read and write as ever.',
} satisfies Record<Availability, string>

/** How others see me: what I choose, and what I say of myself. It holds on all my devices. */
export function PresenceDialog({ onClose }: { onClose: () => void }) {
  const mine = useChosenPresence()
  if (mine) return <Choices mine={mine} onClose={onClose} />
  return (
    <Dialog open onOpenChange={onClose} title="Availability and status" description={says}>
      <Loading className="flex flex-col gap-3 pt-2">
        {['w-64', 'w-56', 'w-60'].map((width) => (
          <Skeleton key={width} className={`h-5 ${width}`} />
        ))}
      </Loading>
    </Dialog>
  )
}

const says = 'How others see you. It holds on all your devices.'

function Choices({ mine, onClose }: { mine: ChosenPresence; onClose: () => void }) {
  const id = useId()
  const [chosen] = useState(() => chosenAt(mine, Date.now()))
  const before = chosen.status ?? { emoji: null, text: '', until: null }
  const [availability, setAvailability] = useState(chosen.availability)
  const [busyEnd, setBusyEnd] = useState(pickedFor(chosen.until))
  const [emoji, setEmoji] = useState(before.emoji)
  const [text, setText] = useState(before.text)
  const [statusEnd, setStatusEnd] = useState(pickedFor(before.until))
  const [hides, setHides] = useState(chosen.hidesLastActive)
  const choose = useAct('presence.setAvailability')
  const say = useAct('presence.setStatus')
  const hide = useAct('presence.hideLastActive')

  const empty = emoji === null && text.trim() === ''
  const clear = () => {
    setEmoji(null)
    setText('')
    setStatusEnd('none')
  }
  const save = async () => {
    if (
      availability !== chosen.availability ||
      (availability === 'busy' && busyEnd !== pickedFor(chosen.until))
    ) {
      const until = availability === 'busy' ? untilOf(busyEnd, chosen.until) : null
      await choose.mutateAsync({ availability, until })
    }
    const status: CustomStatus | null = empty
      ? null
      : { emoji, text: text.trim(), until: untilOf(statusEnd, before.until) }
    if (
      emoji !== before.emoji ||
      text.trim() !== before.text ||
      (!empty && statusEnd !== pickedFor(before.until))
    )
      await say.mutateAsync({ status })
    if (hides !== chosen.hidesLastActive) await hide.mutateAsync({ hide: hides })
    toast({ tone: 'success', title: 'Saved.' })
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save().catch(() => {}) // it stands in the form
  }
  const failure = choose.error ?? say.error ?? hide.error
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Availability and status"
      description={says}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            busy={choose.isPending || say.isPending || hide.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} className="flex flex-col gap-5 pt-2">
        <RadioGroup
          label="Availability"
          value={availability}
          onValueChange={setAvailability}
          options={AVAILABILITIES.map((value) => ({
            value,
            label: availabilityWords[value],
            hint: hints[value],
          }))}
        />
        {availability === 'busy' && (
          <EndSelect label="Busy for" kept={chosen.until} value={busyEnd} onChange={setBusyEnd} />
        )}
        <FormField label="Status" optional hint="Shown beside your name.">
          <TextField
            value={text}
            maxLength={LIMITS.statusText}
            placeholder="In a meeting"
            onChange={(event) => setText(event.target.value)}
          />
        </FormField>
        <div className="-mt-3 flex items-center gap-2">
          <span className="min-w-0 truncate text-muted text-sm">
            Emoji: <span className="text-normal">{emoji ? <StatusEmoji emoji={emoji} /> : 'none'}</span>
          </span>
          <EmojiButton label="Choose an emoji" onPick={setEmoji} />
          <span className="flex-1" />
          {!empty && (
            <Button size="small" variant="quiet" onClick={clear}>
              Clear status
            </Button>
          )}
        </div>
        {!empty && (
          <EndSelect label="Show it for" kept={before.until} value={statusEnd} onChange={setStatusEnd} />
        )}
        <Switch
          label="Let others see when I was last active"
          hint="Shown while you are away or offline, to the minute. You see that of others either way."
          checked={!hides}
          onCheckedChange={(shown) => setHides(!shown)}
        />
        {failure && (
          <p role="alert" className="text-danger-text text-sm">
            {readError(failure).says}
          </p>
        )}
      </Form>
    </Dialog>
  )
}
