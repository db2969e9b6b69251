'use client'
import { Badge, Button, Dialog, EmptyState, ErrorState, Loading, Skeleton, TextField } from '@parley/ui'
import { Compass, Hash, Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { BrowsedChannel } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { useAct, useAskPages } from '../api/use-ask.ts'
import { tellFailure } from '../message/tell-failure.ts'
import { go, pathTo } from '../shell/place.ts'
import { useShell } from '../shell/shell-context.ts'

/** Every public channel, joined or not. */
export function BrowseChannels({ onClose }: { onClose: () => void }) {
  const { open } = useShell()
  const [text, setText] = useState('')
  const query = useDeferredValue(text.trim())
  const pages = useAskPages('conversations.browse', query ? { query } : {})
  const channels = pages.data?.pages.flatMap((page) => page.items) ?? []
  const create = (
    <Button icon={Plus} onClick={() => open({ kind: 'create-channel' })}>
      Create a channel
    </Button>
  )
  return (
    <Dialog open onOpenChange={onClose} size="medium" title="Channels" footer={create}>
      <TextField
        icon={Search}
        aria-label="Search channels"
        placeholder="Search channels"
        value={text}
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      <div className="mt-3 h-[min(26rem,50dvh)] overflow-y-auto">
        {pages.isPending ? (
          <Loading className="flex flex-col gap-3">
            {['a', 'b', 'c', 'd'].map((key) => (
              <Skeleton key={key} className="h-11" />
            ))}
          </Loading>
        ) : pages.isError ? (
          <ErrorState compact title="The channels could not be listed" onRetry={() => pages.refetch()}>
            {readError(pages.error).says}
          </ErrorState>
        ) : channels.length === 0 ? (
          <EmptyState
            compact
            icon={Compass}
            title={query ? `No channel matches “${query}”` : 'There are no channels yet'}
          >
            {query ? 'It may be private: then only its members can find it.' : 'Create the first one.'}
          </EmptyState>
        ) : (
          <ul className="divide-y">
            {channels.map((channel) => (
              <ChannelRow key={channel.id} channel={channel} onClose={onClose} />
            ))}
          </ul>
        )}
        {pages.hasNextPage && (
          <Button
            variant="quiet"
            className="mt-2 w-full"
            busy={pages.isFetchingNextPage}
            onClick={() => pages.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function ChannelRow({ channel, onClose }: { channel: BrowsedChannel; onClose: () => void }) {
  const join = useAct('conversations.join', ['conversations.browse'])
  const visit = () => {
    go(pathTo(channel.id))
    onClose()
  }
  const enter = () =>
    channel.joined
      ? visit()
      : join.mutate({ conversation: channel.id }, { onSuccess: visit, onError: tellFailure })
  return (
    <li className="flex min-h-13 items-center gap-3 py-1.5">
      <Hash aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-strong">{channel.name}</span>
          {channel.joined && <Badge tone="success">Joined</Badge>}
          {channel.archived && <Badge>Archived</Badge>}
        </span>
        <span className="block truncate text-muted text-sm">
          {channel.memberCount} {channel.memberCount === 1 ? 'member' : 'members'}
          {channel.topic && ` · ${channel.topic}`}
        </span>
      </span>
      <Button size="small" busy={join.isPending} onClick={enter}>
        {channel.joined ? 'Open' : 'Join'}
      </Button>
    </li>
  )
}
