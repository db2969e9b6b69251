'use client'
import { Avatar, Badge, type Column, EmptyState, formatNumber, useUiLocale } from '@parley/ui'
import { Bot, SearchX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useMay } from '../../session/use-me.ts'
import { LastUsed } from '../last-used.tsx'
import { IntegrationList } from '../list.tsx'
import { useBots } from '../use-integrations.ts'
import type { BotRow } from '../words.ts'

const count = (
  id: 'tokens' | 'webhooks' | 'conversations',
  header: string,
  locale: string | undefined,
): Column<BotRow> => ({
  ...{ id, header, width: '8.5rem', align: 'end', from: id === 'tokens' ? 'sm' : 'md' },
  cell: (row) => formatNumber(row[id], locale),
})

const botColumns = (locale: string | undefined): readonly Column<BotRow>[] => [
  {
    id: 'name',
    header: 'Bot',
    always: true,
    cell: (row) => (
      <span className="flex items-center gap-2.5">
        <Avatar id={row.id} name={row.name} size={24} decorative />
        <span className="min-w-0 truncate font-medium">{row.name}</span>
        {row.title && <span className="min-w-0 truncate text-muted">{row.title}</span>}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: '8rem',
    cell: (row) => (row.active ? <Badge tone="success">Active</Badge> : <Badge>Deactivated</Badge>),
  },
  count('tokens', 'Tokens', locale),
  count('webhooks', 'Webhooks', locale),
  count('conversations', 'Conversations', locale),
  {
    id: 'used',
    header: 'Last used',
    width: '11rem',
    from: 'lg',
    cell: (row) => <LastUsed at={row.lastUsedAt} />,
  },
]

/** As whom programs act. A bot is a person like others: it is looked at and deactivated among the people. */
export function BotList() {
  const { rows, pages, narrowed } = useBots()
  const { locale } = useUiLocale()
  const columns = useMemo(() => botColumns(locale), [locale])
  const router = useRouter()
  const mayLook = useMay('people.read')
  return (
    <IntegrationList
      label="Bots"
      noun={['bot', 'bots']}
      search="Name of a bot"
      {...{ columns, rows, pages }}
      onOpen={mayLook ? (row) => router.push(`/people?person=${row.id}`) : undefined}
      empty={
        narrowed ? (
          <EmptyState icon={SearchX} title="No bot fits">
            Search for another part of its name.
          </EmptyState>
        ) : (
          <EmptyState icon={Bot} title="There is no bot yet">
            A bot is made together with its first token, or with a webhook.
          </EmptyState>
        )
      }
    />
  )
}
