'use client'
import { Button, EmptyState, ErrorState, Skeleton } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { useMay } from '../session/use-me.ts'
import { Page } from '../shell/page.tsx'
import { ProviderCard } from './provider-card.tsx'
import { ProviderDialog } from './provider-dialog.tsx'
import type { Provider } from './words.ts'

/** The identity providers that people may sign in through. */
export function IdentityPage() {
  const manage = useMay('identity.manage')
  const providers = useQuery(trpc.identity.listProviders.queryOptions({}))
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  const begin = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      Set up a provider
    </Button>
  )
  return (
    <Page path="/identity" end={manage && (providers.data?.length ?? 0) > 0 && begin}>
      {providers.isError && !providers.data ? (
        <ErrorState title="The providers could not be fetched" onRetry={() => providers.refetch()}>
          {readError(providers.error).says}
        </ErrorState>
      ) : !providers.data ? (
        <Skeleton className="h-64 w-full rounded-lg" />
      ) : providers.data.length === 0 ? (
        <EmptyState icon={KeyRound} title="Everybody signs in with a password" action={manage && begin}>
          Connect your identity provider by SAML 2.0, so that people sign in with the account they have there.
          You need its metadata, and a minute in its own console.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          {providers.data.map((provider) => (
            <ProviderCard
              key={provider.id}
              provider={provider}
              onEdit={provider.mayChange ? () => setEditing(provider) : undefined}
            />
          ))}
        </div>
      )}
      {editing && (
        <ProviderDialog
          key={editing === 'new' ? 'new' : editing.id}
          provider={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  )
}
