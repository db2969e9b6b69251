'use client'
import { Button, type Column, EmptyState, Timestamp } from '@parley/ui'
import { Plus, SearchX, Webhook } from 'lucide-react'
import { useMay } from '../../session/use-me.ts'
import { LastUsed } from '../last-used.tsx'
import { IntegrationList } from '../list.tsx'
import { StateBadge } from '../state-badge.tsx'
import { useWebhooks } from '../use-integrations.ts'
import type { WebhookRow } from '../words.ts'

const columns: readonly Column<WebhookRow>[] = [
  {
    id: 'name',
    header: 'Webhook',
    always: true,
    cell: (row) => <span className="font-medium">{row.name}</span>,
  },
  { id: 'channel', header: 'Channel', cell: (row) => `#${row.conversation.name ?? ''}` },
  { id: 'bot', header: 'Posts as', from: 'md', cell: (row) => row.bot.name },
  {
    id: 'state',
    header: 'State',
    width: '7rem',
    from: 'sm',
    cell: (row) => <StateBadge state={row.state} />,
  },
  {
    id: 'made',
    header: 'Made',
    width: '11rem',
    from: 'lg',
    cell: (row) => <Timestamp at={row.createdAt} format="relative" />,
  },
  {
    id: 'used',
    header: 'Last used',
    width: '11rem',
    from: 'md',
    cell: (row) => <LastUsed at={row.lastUsedAt} />,
  },
]

export function WebhookList({
  current,
  onOpen,
  onMake,
}: {
  current?: string
  onOpen: (row: WebhookRow) => void
  onMake: () => void
}) {
  const { rows, pages, narrowed } = useWebhooks()
  const manage = useMay('tokens.manage')
  return (
    <IntegrationList
      label="Incoming webhooks"
      noun={['webhook', 'webhooks']}
      search="Webhook, bot or channel"
      allSwitch="Show revoked ones"
      {...{ columns, rows, pages, current, onOpen }}
      empty={
        narrowed ? (
          <EmptyState icon={SearchX} title="No webhook fits">
            Search for another part of its name, of its bot’s or of its channel’s.
          </EmptyState>
        ) : (
          <EmptyState
            icon={Webhook}
            title="No webhook is in use"
            action={
              manage && (
                <Button variant="primary" icon={Plus} onClick={onMake}>
                  New webhook
                </Button>
              )
            }
          >
            An incoming webhook is an address to which another system posts into one channel. It can do
            nothing else.
          </EmptyState>
        )
      }
    />
  )
}
