'use client'
import { Button, ConfirmDialog, SidePanel, Timestamp, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Ban, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { trpc } from '../../api/trpc.ts'
import { Facts } from '../../list/facts.tsx'
import { useMay } from '../../session/use-me.ts'
import { integrationsChanged } from '../changed.ts'
import { LastUsed } from '../last-used.tsx'
import { StateBadge } from '../state-badge.tsx'
import type { WebhookRow } from '../words.ts'
import { WebhookMade } from './webhook-made.tsx'

const inWords = (error: unknown): never => {
  throw new Error(readError(error).says)
}

/** One webhook: where it posts, a new address for it, and its end. */
export function WebhookPanel({ row, onClose }: { row: WebhookRow; onClose: () => void }) {
  const manage = useMay('tokens.manage')
  const [asking, setAsking] = useState<'rotate' | 'revoke' | null>(null)
  const [url, setUrl] = useState<string | null>(null)
  const rotate = useMutation(trpc.integrations.rotateWebhook.mutationOptions())
  const revoke = useMutation(trpc.integrations.revokeWebhook.mutationOptions())
  return (
    <SidePanel title={row.name} subtitle={`Posts into #${row.conversation.name}`} onClose={onClose}>
      <div className="flex flex-col gap-6 p-4">
        <Facts
          facts={[
            ['State', <StateBadge key="state" state={row.state} />],
            ['Channel', `#${row.conversation.name}`],
            ['Posts as', row.bot.active ? row.bot.name : `${row.bot.name} (deactivated)`],
            ['Address by', row.createdBy.name],
            ['Made', <Timestamp key="made" at={row.createdAt} />],
            ['Last used', <LastUsed key="used" at={row.lastUsedAt} />],
          ]}
        />
        {manage && row.state === 'live' && (
          <div className="flex flex-wrap gap-2">
            <Button icon={RefreshCw} onClick={() => setAsking('rotate')}>
              New address
            </Button>
            <Button icon={Ban} onClick={() => setAsking('revoke')}>
              Revoke
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        open={asking === 'rotate'}
        onOpenChange={() => setAsking(null)}
        tone="neutral"
        title={`Give ${row.name} a new address?`}
        consequence="The address that it has now stops working at once; whatever posts there must be given the new one."
        reversal={{ explained: 'The old address cannot be brought back.' }}
        confirmLabel="New address"
        onConfirm={async () => {
          const done = await rotate.mutateAsync({ webhook: row.id }).catch(inWords)
          integrationsChanged()
          setUrl(done.url)
        }}
      />
      <ConfirmDialog
        open={asking === 'revoke'}
        onOpenChange={() => setAsking(null)}
        title={`Revoke the webhook ${row.name}?`}
        consequence={`Whatever posts there is refused from now on. ${row.bot.name} stays in the channel, and so does what it posted.`}
        reversal={{ explained: 'A revoked webhook never works again. You can make another one.' }}
        confirmLabel="Revoke"
        onConfirm={async () => {
          await revoke.mutateAsync({ webhook: row.id }).catch(inWords)
          integrationsChanged()
          toast({ tone: 'success', title: `${row.name} is revoked` })
          onClose()
        }}
      />
      {url && <WebhookMade name={row.name} url={url} onClose={() => setUrl(null)} />}
    </SidePanel>
  )
}
