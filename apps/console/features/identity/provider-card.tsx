'use client'
import { Badge, Button, ConfirmDialog, Switch, Timestamp, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { tellFailure } from '../api/tell-failure.ts'
import { api, trpc } from '../api/trpc.ts'
import { Facts, Section } from '../list/facts.tsx'
import { CopyRow } from './copy-row.tsx'
import { providersChanged } from './providers-changed.ts'
import {
  certificateState,
  ownersSay,
  PROVISIONED_ROLES,
  type Provider,
  type ProvisionedRole,
} from './words.ts'

const people = (count: number) => (count === 1 ? 'One person' : `${count} people`)

/** One provider: whether it lets people in, what it must be told, and what we know of it. */
export function ProviderCard({
  provider,
  onEdit,
}: {
  provider: Provider
  onEdit?: (() => void) | undefined
}) {
  const [removing, setRemoving] = useState(false)
  const enable = useMutation(
    trpc.identity.setProviderEnabled.mutationOptions({
      onSuccess: () => providersChanged(),
      onError: tellFailure,
    }),
  )
  const state = certificateState(provider.certificatesExpireAt, Date.now())
  return (
    <section aria-label={provider.name} className="rounded-lg border bg-surface-0">
      <header className="flex flex-wrap items-center gap-3 border-b p-4">
        <h2 className="font-semibold text-lg text-strong">{provider.name}</h2>
        <Badge>SAML 2.0</Badge>
        {!provider.enabled && <Badge tone="warning">Switched off</Badge>}
        {state === 'expired' && <Badge tone="danger">Certificate expired</Badge>}
        {state === 'soon' && <Badge tone="warning">Certificate expires soon</Badge>}
        {onEdit && (
          <span className="ms-auto flex gap-2">
            <Button icon={Pencil} onClick={onEdit}>
              Change
            </Button>
            <Button icon={Trash2} onClick={() => setRemoving(true)}>
              Remove
            </Button>
          </span>
        )}
      </header>
      <div className="grid gap-x-10 gap-y-6 p-4 lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          <Switch
            label="People may sign in through it"
            hint="It is offered on the sign-in page. Passwords go on working."
            checked={provider.enabled}
            disabled={!onEdit || enable.isPending}
            onCheckedChange={(enabled) => enable.mutate({ provider: provider.id, enabled })}
          />
          {ownersSay(provider).map((each) => (
            <p key={each} className="max-w-prose text-muted text-sm">
              {each}
            </p>
          ))}
          <Section title="What we know of it">
            <Facts
              facts={[
                ['Entity ID', provider.config.entityId],
                ['Sign-on', provider.config.signOnUrl],
                ['Certificate good until', <Timestamp key="until" at={provider.certificatesExpireAt} />],
                ['Speaks for', provider.domains.join(', ') || 'no domain yet: nobody can sign in'],
                ['New people are', PROVISIONED_ROLES[provider.role as ProvisionedRole]],
                ['Signed in so far', people(provider.people)],
                [
                  'Last sign-in',
                  provider.lastSignInAt && <Timestamp key="last" at={provider.lastSignInAt} />,
                ],
              ]}
            />
          </Section>
        </div>
        <Section title="What it must be told">
          <CopyRow label="Assertion consumer service (ACS) URL" value={provider.ours.acs} />
          <CopyRow label="Entity ID (audience)" value={provider.ours.audience} />
          <CopyRow label="Our metadata" value={provider.ours.audience} />
          <p className="max-w-prose text-muted text-sm">
            Choose signed assertions with SHA-256, not encrypted, and an e-mail address among the attributes.
          </p>
        </Section>
      </div>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${provider.name}?`}
        consequence={`${people(provider.people)} signed in through it so far. They keep their accounts and open sessions, and need a password or another provider from then on.`}
        reversal={{ explained: 'It can be set up again; who is who is then found by e-mail address.' }}
        confirmLabel="Remove"
        typeToConfirm={provider.people > 0 ? provider.name : undefined}
        onConfirm={async () => {
          await api.identity.removeProvider.mutate({ provider: provider.id })
          await providersChanged()
          toast({ tone: 'success', title: `${provider.name} is removed` })
        }}
      />
    </section>
  )
}
