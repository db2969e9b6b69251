'use client'
import { Button, Dialog, useUiLocale } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { ChannelSearch } from './channel-search.tsx'
import { KeepField } from './keep-field.tsx'
import { Preview, usePreview } from './preview.tsx'
import { savePolicy } from './save-policy.ts'
import { type Channel, daysInWords, isDays, type Keep, keepInWords } from './words.ts'

/** A channel's own rule: first which channel, then how long, and what that would remove. */
export function ChannelDialog({
  channel: given,
  ...rest
}: {
  /** Absent to choose one. */
  channel?: Channel
  was: Keep
  organisation: number | null
  onClose: () => void
}) {
  const [chosen, setChosen] = useState(given)
  if (chosen) return <PolicyDialog channel={chosen} {...rest} />
  return (
    <Dialog
      open
      onOpenChange={rest.onClose}
      size="medium"
      title="A channel with a rule of its own"
      description="Direct messages and groups have none: they follow the organisation."
    >
      <ChannelSearch onChoose={setChosen} />
    </Dialog>
  )
}

function PolicyDialog({
  channel,
  was,
  organisation,
  onClose,
}: {
  channel: Channel
  was: Keep
  organisation: number | null
  onClose: () => void
}) {
  const { locale } = useUiLocale()
  const [keep, setKeep] = useState<Keep>(was)
  const days = keep === 'organisation' ? organisation : keep
  const preview = usePreview(channel.id, keep, days !== null)
  const save = useMutation({
    mutationFn: () =>
      savePolicy({ conversation: channel.id, keep, was }, `${channel.name}: ${keepInWords(keep, locale)}`),
    onSuccess: onClose,
  })
  const removes = days !== null && (preview.query.data?.all.messages ?? 0) > 0
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title={`Retention of ${channel.name}`}
      description="The channel’s own rule wins over the organisation’s, whether it is longer or shorter."
      footer={
        <>
          {removes && keep !== was && (
            <p className="min-w-0 flex-1 basis-56 self-center text-sm">
              What a run has removed cannot be brought back.
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={removes ? 'danger' : 'primary'}
            busy={save.isPending}
            disabled={keep === was || !isDays(keep) || (days !== null && preview.behind)}
            onClick={() => save.mutate()}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <KeepField
          label={`How long messages in ${channel.name} are kept`}
          value={keep}
          onChange={setKeep}
          organisation={daysInWords(organisation, locale)}
        />
        {days === null ? (
          <p className="text-muted">Nothing in it goes by itself.</p>
        ) : (
          isDays(keep) && <Preview preview={preview} />
        )}
        {save.isError && (
          <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
            {readError(save.error).says}
          </p>
        )}
      </div>
    </Dialog>
  )
}
