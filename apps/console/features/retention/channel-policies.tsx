'use client'
import { Badge, Button, type Column, EmptyState, Table, Timestamp, useUiLocale } from '@parley/ui'
import { Hash, Lock, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Section } from '../list/facts.tsx'
import { useMay } from '../session/use-me.ts'
import { ChannelDialog } from './channel-dialog.tsx'
import { type ChannelPolicy, daysInWords, type Policies } from './words.ts'

const columnsIn = (locale: string | undefined): readonly Column<ChannelPolicy>[] => [
  {
    id: 'channel',
    header: 'Channel',
    always: true,
    cell: ({ conversation: { name, kind, archived } }) => {
      const Icon = kind === 'private' ? Lock : Hash
      return (
        <span className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <span className="truncate text-strong">{name}</span>
          {archived && <Badge tone="warning">Archived</Badge>}
        </span>
      )
    },
  },
  { id: 'keep', header: 'Retention', width: '14rem', cell: ({ days }) => daysInWords(days, locale) },
  {
    id: 'changed',
    header: 'Changed',
    width: '16rem',
    from: 'md',
    cell: ({ changedAt, changedBy }) => (
      <span className="truncate">
        <Timestamp at={changedAt} format="relative" /> by {changedBy.name || 'somebody who is gone'}
      </span>
    ),
  },
]

/** Channels that go by a rule of their own. */
export function ChannelPolicies({ policies }: { policies: Policies }) {
  const { locale } = useUiLocale()
  const mayChange = useMay('retention.manage')
  const [editing, setEditing] = useState<ChannelPolicy | 'new' | null>(null)
  const columns = useMemo(() => columnsIn(locale), [locale])
  const add = mayChange && (
    <Button icon={Plus} onClick={() => setEditing('new')}>
      Add a channel
    </Button>
  )
  return (
    <Section title="Channels with a rule of their own" end={policies.channels.length > 0 && add}>
      {policies.channels.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState
            compact
            icon={Hash}
            title="Every channel follows the organisation"
            action={add || undefined}
          >
            Give one its own rule where records must be kept longer, or talk should go sooner.
          </EmptyState>
        </div>
      ) : (
        <Table
          label="Channels with a rule of their own"
          columns={columns}
          rows={policies.channels}
          rowKey={(row) => row.conversation.id}
          rowName={(row) => row.conversation.name}
          onOpen={mayChange ? setEditing : undefined}
          className="max-h-96"
        />
      )}
      {editing && (
        <ChannelDialog
          {...(editing !== 'new' && { channel: editing.conversation })}
          was={editing === 'new' ? 'organisation' : editing.days}
          organisation={policies.organisation?.days ?? null}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}
