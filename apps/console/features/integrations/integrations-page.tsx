'use client'
import { Button, LinkButton, Tabs } from '@parley/ui'
import { BookOpen, Plus } from 'lucide-react'
import { useState } from 'react'
import { useFilters } from '../list/use-filters.ts'
import { useMay } from '../session/use-me.ts'
import { Page } from '../shell/page.tsx'
import { useWebClient } from '../shell/web-client.tsx'
import { BotList } from './bots/bot-list.tsx'
import { NewTokenDialog } from './tokens/new-token-dialog.tsx'
import { TokenList } from './tokens/token-list.tsx'
import { TokenPanel } from './tokens/token-panel.tsx'
import { NewWebhookDialog } from './webhooks/new-webhook-dialog.tsx'
import { WebhookList } from './webhooks/webhook-list.tsx'
import { WebhookPanel } from './webhooks/webhook-panel.tsx'
import { type TokenRow, VIEWS, type WebhookRow } from './words.ts'

type Chosen = { kind: 'token'; row: TokenRow } | { kind: 'webhook'; row: WebhookRow }

/** The programs that take part: their tokens, the addresses that they post to, and as whom. */
export function IntegrationsPage() {
  const { get, set } = useFilters()
  const view = VIEWS.find((each) => each === get('view')) ?? 'tokens'
  const manage = useMay('tokens.manage')
  const web = useWebClient()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [making, setMaking] = useState<'token' | 'webhook' | null>(null)
  const close = () => setChosen(null)
  return (
    <Page
      path="/integrations"
      fill
      end={
        <span className="flex flex-wrap items-center gap-2">
          <LinkButton variant="quiet" icon={BookOpen} href={`${web}/api/v1/docs`} target="_blank">
            API reference
          </LinkButton>
          {manage && (
            <Button
              variant="primary"
              icon={Plus}
              onClick={() => setMaking(view === 'webhooks' ? 'webhook' : 'token')}
            >
              {view === 'webhooks' ? 'New webhook' : 'New token'}
            </Button>
          )}
        </span>
      }
      panel={
        chosen?.kind === 'token' ? (
          <TokenPanel key={chosen.row.id} row={chosen.row} onClose={close} />
        ) : (
          chosen && <WebhookPanel key={chosen.row.id} row={chosen.row} onClose={close} />
        )
      }
    >
      <Tabs
        label="Integrations"
        className="flex-1"
        value={view}
        onValueChange={(next) => {
          close()
          set({ view: next === 'tokens' ? null : next, q: null })
        }}
        tabs={[
          {
            value: 'tokens',
            label: 'Tokens',
            content: (
              <TokenList
                current={chosen?.row.id}
                onOpen={(row) => setChosen({ kind: 'token', row })}
                onMake={() => setMaking('token')}
              />
            ),
          },
          {
            value: 'webhooks',
            label: 'Incoming webhooks',
            content: (
              <WebhookList
                current={chosen?.row.id}
                onOpen={(row) => setChosen({ kind: 'webhook', row })}
                onMake={() => setMaking('webhook')}
              />
            ),
          },
          { value: 'bots', label: 'Bots', content: <BotList /> },
        ]}
      />
      {making === 'token' && <NewTokenDialog onClose={() => setMaking(null)} />}
      {making === 'webhook' && <NewWebhookDialog onClose={() => setMaking(null)} />}
    </Page>
  )
}
