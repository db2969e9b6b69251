'use client'
import { Button, type Column, EmptyState, Timestamp } from '@parley/ui'
import { KeyRound, Plus, SearchX } from 'lucide-react'
import { useMay } from '../../session/use-me.ts'
import { LastUsed } from '../last-used.tsx'
import { IntegrationList } from '../list.tsx'
import { StateBadge } from '../state-badge.tsx'
import { useTokens } from '../use-integrations.ts'
import type { TokenRow } from '../words.ts'

const columns: readonly Column<TokenRow>[] = [
  {
    id: 'name',
    header: 'Token',
    always: true,
    cell: (row) => (
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 truncate font-medium">{row.name}</span>
        <code className="font-mono text-muted text-sm">…{row.hint}</code>
      </span>
    ),
  },
  { id: 'bot', header: 'Bot', from: 'sm', cell: (row) => row.bot.name },
  { id: 'state', header: 'State', width: '7rem', cell: (row) => <StateBadge state={row.state} /> },
  {
    id: 'scopes',
    header: 'Scopes',
    from: 'lg',
    cell: (row) => <span title={row.scopes.join(', ')}>{row.scopes.join(', ')}</span>,
  },
  {
    id: 'expires',
    header: 'Expires',
    width: '11rem',
    from: 'md',
    cell: (row) =>
      row.expiresAt === null ? (
        <span className="text-muted">Never</span>
      ) : (
        <Timestamp at={row.expiresAt} format="relative" />
      ),
  },
  {
    id: 'used',
    header: 'Last used',
    width: '11rem',
    from: 'md',
    cell: (row) => <LastUsed at={row.lastUsedAt} />,
  },
]

export function TokenList({
  current,
  onOpen,
  onMake,
}: {
  current?: string
  onOpen: (row: TokenRow) => void
  onMake: () => void
}) {
  const { rows, pages, narrowed } = useTokens()
  const manage = useMay('tokens.manage')
  return (
    <IntegrationList
      label="Tokens"
      noun={['token', 'tokens']}
      search="Token, bot or last characters"
      allSwitch="Show ended ones"
      {...{ columns, rows, pages, current, onOpen }}
      empty={
        narrowed ? (
          <EmptyState icon={SearchX} title="No token fits">
            Search for another part of its name, of its bot’s name, or for its last characters.
          </EmptyState>
        ) : (
          <EmptyState
            icon={KeyRound}
            title="No token is in use"
            action={
              manage && (
                <Button variant="primary" icon={Plus} onClick={onMake}>
                  New token
                </Button>
              )
            }
          >
            With a token a program reads and writes as its bot, in the conversations that the bot is in, and
            only what the token’s scopes allow.
          </EmptyState>
        )
      }
    />
  )
}
