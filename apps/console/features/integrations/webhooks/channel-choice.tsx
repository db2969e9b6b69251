'use client'
import { FormField, Spinner, Tag, TextField } from '@parley/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Hash, Lock, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { type Outputs, trpc } from '../../api/trpc.ts'

type Channel = Outputs['integrations']['webhookPlaces'][number]

/** Finds one channel: a public one, or a private one that whoever asks is in. */
export function ChannelChoice({
  chosen,
  onChange,
}: {
  chosen: Channel | null
  onChange: (channel: Channel | null) => void
}) {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const channels = useQuery(
    trpc.integrations.webhookPlaces.queryOptions(
      { ...(wanted && { text: wanted }) },
      { placeholderData: keepPreviousData, enabled: !chosen },
    ),
  )
  if (chosen)
    return (
      <div className="flex flex-col items-start gap-1.5">
        <span className="font-medium text-sm text-strong">Channel</span>
        <Tag name={`#${chosen.name}`} onRemove={() => onChange(null)} />
      </div>
    )
  return (
    <div className="flex flex-col gap-2">
      <FormField label="Channel" hint="A public channel, or a private one that you are in.">
        <TextField
          icon={Search}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          end={channels.isFetching ? <Spinner className="size-4" /> : undefined}
        />
      </FormField>
      <ul aria-label="Channels" className="flex h-44 flex-col overflow-y-auto rounded-sm border p-1">
        {channels.data?.map((channel) => (
          <li key={channel.id}>
            <button
              type="button"
              onClick={() => onChange(channel)}
              className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-start text-strong hover:bg-highlight pointer-coarse:min-h-11"
            >
              {channel.kind === 'private' ? (
                <Lock aria-label="Private" className="size-3.5 text-muted" />
              ) : (
                <Hash aria-hidden="true" className="size-3.5 text-muted" />
              )}
              <span className="truncate">{channel.name}</span>
            </button>
          </li>
        ))}
        {channels.data?.length === 0 && (
          <li className="p-2 text-muted">No such channel, or you are not in it.</li>
        )}
      </ul>
    </div>
  )
}
