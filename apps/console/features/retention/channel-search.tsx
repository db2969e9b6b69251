'use client'
import { Badge, formatCount, Spinner, TextField, useUiLocale } from '@parley/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Hash, Lock, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { trpc } from '../api/trpc.ts'
import type { Channel } from './words.ts'

/** Finds one channel by its name. */
export function ChannelSearch({ onChoose }: { onChoose: (channel: Channel) => void }) {
  const { locale } = useUiLocale()
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery(
    trpc.retention.searchChannels.queryOptions({ text: wanted }, { placeholderData: keepPreviousData }),
  )
  return (
    <div className="flex flex-col gap-2">
      <TextField
        aria-label="Find a channel"
        placeholder="Find a channel"
        icon={Search}
        value={text}
        autoFocus
        maxLength={80}
        onChange={(event) => setText(event.target.value)}
        end={found.isFetching ? <Spinner className="size-4" /> : undefined}
      />
      <ul aria-label="Found" className="flex max-h-80 min-h-40 flex-col overflow-y-auto">
        {found.data?.map((channel) => {
          const Icon = channel.kind === 'private' ? Lock : Hash
          return (
            <li key={channel.id}>
              <button
                type="button"
                disabled={channel.own}
                onClick={() => onChoose(channel)}
                className="flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2 text-start hover:bg-highlight disabled:opacity-60 pointer-coarse:min-h-11"
              >
                <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
                <span className="min-w-0 flex-1 truncate text-strong">{channel.name}</span>
                {channel.archived && <Badge tone="warning">Archived</Badge>}
                <span className="shrink-0 text-muted text-sm">
                  {channel.own
                    ? 'has a rule already'
                    : formatCount(channel.members, ['member', 'members'], locale)}
                </span>
              </button>
            </li>
          )
        })}
        {found.data?.length === 0 && <li className="p-2 text-muted">No channel is called so.</li>}
      </ul>
    </div>
  )
}
