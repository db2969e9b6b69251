'use client'
import { Button, ConfirmDialog, SidePanel, Timestamp, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Ban } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { trpc } from '../../api/trpc.ts'
import { Facts, Section } from '../../list/facts.tsx'
import { useMay } from '../../session/use-me.ts'
import { integrationsChanged } from '../changed.ts'
import { LastUsed } from '../last-used.tsx'
import { ScopeList } from '../scope-list.tsx'
import { StateBadge } from '../state-badge.tsx'
import type { TokenRow } from '../words.ts'

/** One token: whose it is, what it may, and its end. */
export function TokenPanel({ row, onClose }: { row: TokenRow; onClose: () => void }) {
  const manage = useMay('tokens.manage')
  const [asking, setAsking] = useState(false)
  const revoke = useMutation(trpc.integrations.revokeToken.mutationOptions())
  return (
    <SidePanel title={row.name} subtitle={`Token of ${row.bot.name}`} onClose={onClose}>
      <div className="flex flex-col gap-6 p-4">
        <Facts
          facts={[
            ['State', <StateBadge key="state" state={row.state} />],
            ['Ends in', <code key="hint">{row.hint}</code>],
            ['Bot', row.bot.active ? row.bot.name : `${row.bot.name} (deactivated)`],
            ['Made by', row.createdBy.name],
            ['Made', <Timestamp key="made" at={row.createdAt} />],
            ['Expires', row.expiresAt !== null && <Timestamp key="expires" at={row.expiresAt} />],
            ['Last used', <LastUsed key="used" at={row.lastUsedAt} />],
          ]}
        />
        <Section title="It may">
          <ScopeList scopes={row.scopes} />
        </Section>
        {manage && row.state === 'live' && (
          <div>
            <Button icon={Ban} onClick={() => setAsking(true)}>
              Revoke
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke the token ${row.name}?`}
        consequence={`The next request of the program that uses it is refused. ${row.bot.name} stays where it is, and so does what it wrote; its other tokens go on working.`}
        reversal={{ explained: 'A revoked token never works again. You can make another one.' }}
        confirmLabel="Revoke"
        onConfirm={async () => {
          await revoke.mutateAsync({ token: row.id }).catch((error: unknown) => {
            throw new Error(readError(error).says)
          })
          integrationsChanged()
          toast({ tone: 'success', title: `${row.name} is revoked` })
          onClose()
        }}
      />
    </SidePanel>
  )
}
